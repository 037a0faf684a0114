"""What is to be known of a draft that was handed in already: what is changed here is not what the others have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.ui.components.notice_strip import NoticeStrip

if TYPE_CHECKING:
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.ui.navigation.frame import OpenDraft
    from pilotdesk.ui.navigation.services import Services

APPLICATION_WORDS = (
    "**申报书已经报送。** 这里再改，和报上去的就不一样了；承诺要变更的，写在年度总结的“变更后承诺值”里。"
)
LATER_WORDS = "**这一份已经报送。** 这里再改，和报上去的就不一样了。"


def tell_handed_in(workspace: OpenDraft, store: DraftStore, services: Services) -> None:
    """Say over the pages that the draft was handed in, if the user has said so."""
    from pilotdesk.projects.timeline import State, timeline

    session = workspace.session
    project, form = session.identity.project_id, session.form.head.name
    today = services.clock.today()
    line = timeline(store.drafts_of(project), session.round, store.projects.dates(project), today)
    handed = any(due.form == form and due.state is State.HANDED_IN for due in line.forms)
    if not handed:
        return
    words = APPLICATION_WORDS if form == "application" else LATER_WORDS
    strip = NoticeStrip(services.look, words, "知道了", icon="info-circle")
    strip.chosen.connect(strip.hide)
    workspace.hold_notice(strip)
