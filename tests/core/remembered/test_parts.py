"""Rows and blocks are remembered beyond their page under the version of what they have read."""

import pytest
from django.db import connection

from core.data_version import Revisions, data_version
from core.models import Source
from core.remembered import pages as remembered_pages
from core.remembered import parts
from core.remembered.page_cache import PageCache
from core.remembered.parts import Making
from core.snapshot import Snapshot, cached_on_snapshot, remembered_on_snapshot
from departments.models import Duty, Staffing, User
from tests.factories import NOBODY, make_bureau, make_member, snapshot_of

EVERY_BLOCK = {
    "nav": set(),
    "as-of": set(),
    "lead": {"expenditure"},
    "tasks": set(),
    "foremost": {"expenditure", "projects", "revenue", "staffing"},
    "warns": {"expenditure", "revenue", "staffing"},
    "tiles-spending": {"expenditure"},
    "tiles-revenue": {"revenue"},
    "tiles-staff": {"staffing"},
    "tiles-projects": {"projects"},
    "rates": {"expenditure"},
    "changes": {"expenditure"},
    "attention": {"expenditure", "projects", "revenue", "staffing"},
    "schedule": {"projects"},
}


@pytest.fixture(autouse=True)
def memory(monkeypatch):
    empty = PageCache(1 << 22)
    monkeypatch.setattr(parts, "_remembered", empty)
    return empty


@pytest.fixture
def snapshot(seeded):
    return Snapshot.from_query(NOBODY, {})


def page(work):
    """What `work` gives within a page that is then kept, and the page."""
    revisions = Revisions.read(with_drafts=False)
    making = Making("/", "2022-08-29", revisions)
    with connection.execute_wrapper(making.note), making.begun():
        found = work()
    making.keep(Revisions.read(with_drafts=False), without="nonce")
    return found, making


def scopes(making):
    return making.reads.scopes(making.revisions)


class Counted:
    """A function that reads, and how often it was asked."""

    def __init__(self, read):
        self.read, self.times = read, 0

    def __call__(self, *given):
        self.times += 1
        return self.read()


def duties():
    return str(list(Duty.objects.order_by("pk").values_list("text")[:1]))


@pytest.mark.engine
def test_block_is_made_anew_for_changes_of_what_it_reads_alone(seeded):
    made = Counted(duties)
    first, _ = page(lambda: parts.block("duties", made))
    Staffing.objects.update(authorized=3)
    again, making = page(lambda: parts.block("duties", made))
    assert (made.times, again, scopes(making)) == (1, first, {"duties"})  # the page rests on it as well
    Duty.objects.update(text="바뀐 업무")
    changed, _ = page(lambda: parts.block("duties", made))
    assert (made.times, changed) == (2, "[('바뀐 업무',)]")


def test_block_within_a_block_is_made_alone(seeded):
    inner = Counted(duties)

    def whole():
        return parts.block("outer", lambda: parts.block("inner", inner) + str(Staffing.objects.count()))

    page(whole)
    Staffing.objects.update(authorized=3)
    _, making = page(whole)
    assert (inner.times, scopes(making)) == (1, {"duties", "staffing"})


def test_without_a_page_nothing_is_remembered(seeded, memory):
    assert parts.block("a", lambda: "가") == "가"
    assert parts.rows("b", None, lambda: 3) == (3, None)
    assert memory.size == 0


def test_what_is_read_outside_of_blocks_counts_for_each(seeded):
    def whole():
        list(Staffing.objects.all())
        parts.block("a", made)

    made = Counted(duties)
    page(whole)
    Staffing.objects.update(authorized=3)
    page(whole)
    assert made.times == 2


def test_what_one_block_has_read_for_the_next_counts_for_that_too(seeded):
    rows = Staffing.objects.all()  # evaluated once

    def whole():
        parts.block("a", lambda: str(len(rows)))
        return parts.block("b", made)

    made = Counted(lambda: str(len(rows)))
    page(whole)
    Staffing.objects.filter(pk=Staffing.objects.first().pk).delete()
    rows = Staffing.objects.all()
    assert made.times == 1 and page(whole)[0] == str(rows.count())


@pytest.mark.parametrize("decorate", [cached_on_snapshot, remembered_on_snapshot])
def test_block_rests_on_rows_that_another_had_read(snapshot, decorate):
    @decorate
    def staff(snapshot):
        return Staffing.objects.count()

    def whole(snapshot):
        return [parts.block(name, lambda: str(staff(snapshot))) for name in ("a", "b")]

    before = page(lambda: whole(snapshot.anew()))[0]
    Staffing.objects.filter(pk=Staffing.objects.first().pk).delete()
    after = page(lambda: whole(snapshot.anew()))[0]
    assert [int(count) - 1 for count in before] == [int(count) for count in after]


def test_rows_are_remembered_beyond_the_page_as_copies(snapshot):
    counted = Counted(lambda: list(Duty.objects.order_by("pk")[:1]))

    @remembered_on_snapshot
    def first_duty(snapshot):
        return counted()

    (kept,), _ = page(lambda: first_duty(snapshot.anew()))
    kept.text = "고친 사본"
    (again,), making = page(lambda: first_duty(snapshot.anew()))
    assert (counted.times, again.text != "고친 사본", scopes(making)) == (1, True, {"duties"})
    page(lambda: first_duty(snapshot.at(snapshot.as_of)))
    assert counted.times == 2  # another question


def test_rows_rest_on_what_is_read_when_they_are_kept(snapshot):
    @remembered_on_snapshot
    def lazy(snapshot):
        return Duty.objects.order_by("pk")

    page(lambda: lazy(snapshot))
    duty = Duty.objects.order_by("pk")[0]
    duty.text = "바뀐 일"
    duty.save()
    found, _ = page(lambda: lazy(snapshot.anew()))
    assert found[0].text == "바뀐 일"


def test_rows_of_the_page_itself_count_for_its_blocks(snapshot):
    @remembered_on_snapshot
    def staff(snapshot):
        return Staffing.objects.count()

    def whole(snapshot):
        number = staff(snapshot)
        return parts.block("a", lambda: str(number))

    page(lambda: whole(snapshot.anew()))
    Staffing.objects.filter(pk=Staffing.objects.first().pk).delete()
    assert page(lambda: whole(snapshot.anew()))[0] == str(Staffing.objects.count())


def test_rows_that_were_read_before_the_page_make_no_block(snapshot, memory):
    @cached_on_snapshot
    def staff(snapshot):
        return Staffing.objects.count()

    staff(snapshot)
    _, making = page(lambda: parts.block("a", lambda: str(staff(snapshot))))
    assert (memory.size, making.reads.are_known) == (0, False)


def test_rows_of_some_sources_are_made_anew_for_changes_of_these_alone(seeded):
    old, new = Source.objects.filter(scope="staffing", state="in_force").order_by("as_of")
    made = Counted(lambda: Staffing.objects.filter(source=old).first().authorized)

    def whole():
        return parts.rows_of("staff", [old], made)

    first, making = page(whole)
    Staffing.objects.filter(source=new).update(authorized=3)
    assert (page(whole)[0], made.times, scopes(making)) == (first, 1, {"staffing"})
    Staffing.objects.filter(source=old).update(authorized=4)
    assert (page(whole)[0], made.times) == (4, 2)
    assert parts.rows_of("staff", [old], made) == 4 and made.times == 3  # no page
    draft = Source(pk=99_999, state="draft")
    page(lambda: parts.rows_of("staff", [draft], made))
    assert page(lambda: parts.rows_of("staff", [draft], made)) and made.times == 5


class Sources:
    """A snapshot that has these in force."""

    def __init__(self, in_force):
        self.in_force, self._by_source = in_force, {}


class Read:
    """Staff authorized by source, and which sources were asked for."""

    def __init__(self):
        self.asked = []

    def __call__(self, keys):
        self.asked.append(sorted(keys))
        found = {}
        for row in Staffing.objects.filter(source__in=keys).order_by("pk"):
            found.setdefault(row.source_id, []).append(row.authorized)
        return found


def test_rows_of_each_source_are_read_at_once_and_made_anew_alone(seeded):
    old, new = Source.objects.filter(scope="staffing", state="in_force").order_by("as_of")
    read = Read()

    def whole(*wanted):
        return parts.of_each("staff", Staffing, Sources([old, new]), wanted, read)

    found, making = page(lambda: [whole(old), whole(new)])
    assert (read.asked, scopes(making)) == ([sorted([old.pk, new.pk])], {"staffing"})
    Staffing.objects.filter(source=new).update(authorized=3)
    assert page(lambda: whole(old))[0] == found[0] and len(read.asked) == 1
    again, _ = page(lambda: whole(new, old))
    assert again == {new.pk: [3] * len(found[1][new.pk]), **found[0]}
    assert read.asked[1:] == [[new.pk]]
    assert whole(new) == {new.pk: again[new.pk]} and read.asked[2:] == [sorted([old.pk, new.pk])]  # no page


def test_rows_of_each_source_are_read_of_no_other_where_these_are_all(seeded):
    old, new = Source.objects.filter(scope="staffing", state="in_force").order_by("as_of")
    read = Read()

    def whole(*wanted):
        return parts.of_each("staff", Staffing, Sources([old, new]), wanted, read, are_all=True)

    page(lambda: [whole(), whole(old), whole(new)])
    assert page(lambda: whole(new, old))[0].keys() == {old.pk, new.pk} and whole() == {}
    assert read.asked == [[old.pk], [new.pk]]


def test_block_rests_on_those_of_each_source_that_it_shows(seeded):
    staffing = Source.objects.filter(scope="staffing", state="in_force").first()
    duty = Source.objects.get(scope="duties", state="in_force")

    def whole():
        show = Counted(
            lambda: str(parts.of_each("staff", Staffing, Sources([staffing, duty]), [staffing], Read()))
        )
        return parts.block("a", show)

    page(whole)
    Duty.objects.update(text="바뀐 업무")
    shown, making = page(whole)
    Staffing.objects.filter(source=staffing).update(authorized=3)
    assert scopes(making) == {"staffing"} and page(whole)[0] != shown


def test_rows_rest_on_no_other_rows_of_their_page(snapshot):
    @remembered_on_snapshot
    def staff(snapshot):
        return Staffing.objects.count()

    @remembered_on_snapshot
    def first_duty(snapshot):
        return made()

    def whole(snapshot):
        return staff(snapshot), first_duty(snapshot)

    made = Counted(duties)
    page(lambda: whole(snapshot.anew()))
    Staffing.objects.update(authorized=3)
    page(lambda: whole(snapshot.anew()))
    assert made.times == 1


def test_revisions_of_the_page_are_those_of_its_snapshot(snapshot, django_assert_num_queries):
    def whole(snapshot):
        with django_assert_num_queries(0):
            return data_version(snapshot)

    version, making = page(lambda: whole(snapshot.anew()))
    assert version == data_version(snapshot) and scopes(making) is None  # what was recalled may be of all
    snapshot.sources.append(Source(pk=99_999, state="in_force", as_of=snapshot.as_of, bureau=snapshot.chosen))
    with pytest.raises(pytest.fail.Exception, match="but 1 was done"):
        page(lambda: whole(snapshot.anew()))


def test_block_of_accounts_is_not_kept(seeded, memory):
    page(lambda: parts.block("a", lambda: str(User.objects.count())))
    assert memory.size == 0


def test_block_with_what_is_the_users_own_is_not_kept(seeded, memory):
    page(lambda: parts.block("a", lambda: "nonce-name-"))
    assert memory.size == 0


def test_block_whose_rows_change_while_the_page_is_made_is_not_kept(seeded, memory):
    def whole():
        parts.block("kept", lambda: str(Staffing.objects.count()))
        parts.block("changed", duties)
        Duty.objects.update(text="바뀐 업무")

    page(whole)
    assert len(memory._kept) == 1


def test_rows_of_drafts_and_of_other_bureaus_are_not_remembered(snapshot):
    revisions = Revisions.read(with_drafts=False)
    draft = Source(state="draft", bureau=snapshot.chosen)
    assert revisions.tells_of(snapshot)
    snapshot.sources.append(draft)
    assert not revisions.tells_of(snapshot)
    other = snapshot_of(make_bureau("housing"))
    assert not Revisions((), bureau=snapshot.chosen.pk).tells_of(other)


# The home page


class Watched(Making):
    """Notes the scopes of each block by its name."""

    found: dict = {}  # noqa: RUF012

    def once(self, name, work, *, is_rows, alone=b""):
        value, reads = super().once(name, work, is_rows=is_rows, alone=alone)
        if not is_rows:
            self.found[name[1]] = reads.scopes(self.revisions)
        return value, reads


def scopes_of_blocks(client, monkeypatch, only=None):
    """Of a home page that is made anew; `only` one block of it, which then has nothing from another."""
    node = "core.templatetags.remembered.block"
    parts._remembered.clear()
    remembered_pages._remembered.clear()
    with monkeypatch.context() as patch:
        patch.setattr(Watched, "found", {})
        patch.setattr(remembered_pages, "Making", Watched)
        if only:
            patch.setattr(node, lambda name, make: parts.block(name, make) if name == only else "")
        assert client.get("/").status_code == 200
        return Watched.found


def test_blocks_of_the_home_page_rest_on_what_they_show(staff_client, monkeypatch):
    together = scopes_of_blocks(staff_client, monkeypatch)
    assert together == EVERY_BLOCK
    for name, found in EVERY_BLOCK.items():
        assert scopes_of_blocks(staff_client, monkeypatch, only=name) == {name: found}


@pytest.mark.parametrize(("role", "own"), [("기획 담당", ["tasks"]), ("열람", [])])
def test_home_page_after_a_change_of_one_scope_keeps_its_other_blocks(client, seeded, monkeypatch, role, own):
    """A planner's too, which is not remembered itself."""
    client.force_login(make_member(role))
    client.get("/")
    made = []

    def noted(name, make):
        return parts.block(name, lambda: made.append(name) or make())

    monkeypatch.setattr("core.templatetags.remembered.block", noted)
    Staffing.objects.filter(order=1).update(authorized=3)
    client.get("/")
    assert sorted(made) == sorted([*own, "attention", "foremost", "tiles-staff", "warns"])
