"""khabar: news goes in; out comes a ledger of who did what to whom, where, when, according to whom, how surely.

capture   files, folders and URLs to versions of articles          khabar/capture
read      a version to mentions, times, attributions, claims        khabar/read
resolve   mentions to places, actors and days                       khabar/resolve
fuse      claims of many articles to events, edits and control      khabar/fuse
ledger    everything appended, nothing overwritten                  khabar/ledger
show      sentences, tables, exports and the desk                   khabar/show
"""

__version__ = "0.1.0"
