"""A small web of portals, built in code and served on loopback: what the program is made to read, without the real web.

Each family of content management systems is a class: `NukeViet(stories=stories(20)).article_page(story, hit=3)` is the
page of a story at its third showing, and `portal.told(story)` what the program must read back from it.

    with serve(NukeViet("hoi.test", stories(20)), OneCMS("bao.test", stories(20, seed=1))) as web:
        source = web.hosts["hoi.test"].source()      # an entry of sources.yaml
        url = web.url_of("hoi.test", "/robots.txt")
"""

from tests.web.liferay import Liferay
from tests.web.nukeviet import NukeViet
from tests.web.onecms import OneCMS
from tests.web.portal import Portal
from tests.web.server import Answer, Request, Web, serve
from tests.web.sharepoint import SharePoint
from tests.web.stories import repost, stories, story
from tests.web.story import Story
from tests.web.vccorp import VCCorp
from tests.web.vhv import VHV
from tests.web.wordpress import WordPress

FAMILIES: tuple[type[Portal], ...] = (NukeViet, Liferay, SharePoint, VHV, VCCorp, OneCMS, WordPress)

__all__ = [
    "FAMILIES",
    "VHV",
    "Answer",
    "Liferay",
    "NukeViet",
    "OneCMS",
    "Portal",
    "Request",
    "SharePoint",
    "Story",
    "VCCorp",
    "Web",
    "WordPress",
    "repost",
    "serve",
    "stories",
    "story",
]
