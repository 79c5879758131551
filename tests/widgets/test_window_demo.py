"""The demo services and the workspace in the window: one comes and goes with the other."""

from __future__ import annotations

from pathlib import Path

from until import until
from window_screen import make_workspace, shown_window


async def test_the_demo_that_is_opened_again_while_it_ends_starts_anew(tmp_path: Path) -> None:
    own = make_workspace(tmp_path / "ws")
    async with shown_window(own) as screen:
        demo, footer = screen.session.demo, screen.window.footer
        assert await screen.work.open_demo()
        await until(lambda: footer.demo_text() == "Demo services running")
        first = demo.process_id
        assert await screen.work.library.open_workspace(own)
        assert await screen.work.open_demo()

        await until(lambda: demo.process_id not in (0, first))
        await until(lambda: footer.demo_text() == "Demo services running")
