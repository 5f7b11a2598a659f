"""A box to tick is read without colours and ticked by key and by mouse."""

from __future__ import annotations

from textual.app import App

from reviewtool.tui.widgets.tick_box import TickBox


class Asking(App):
    """An application that asks one thing."""

    def __init__(self):
        super().__init__()
        self.answers = []

    def compose(self):
        yield TickBox("I have read [red]all[/x] of it")

    def on_tick_box_changed(self, event):
        self.answers.append(event.ticked)


def shown(app):
    return app.query_one(TickBox).render().plain


async def test_a_tick_is_an_x_and_the_label_is_no_markup():
    app = Asking()
    async with app.run_test() as pilot:
        assert shown(app) == "[ ] I have read [red]all[/x] of it"
        await pilot.press("space")
        assert shown(app) == "[x] I have read [red]all[/x] of it"


async def test_keys_and_mouse_tick_it_and_say_so():
    app = Asking()
    async with app.run_test() as pilot:
        await pilot.press("enter")
        await pilot.click(TickBox)
        await pilot.press("space")
        assert app.answers == [True, False, True]


async def test_what_the_application_sets_is_no_answer():
    app = Asking()
    async with app.run_test() as pilot:
        app.query_one(TickBox).ticked = True
        await pilot.pause()
        assert app.answers == []
