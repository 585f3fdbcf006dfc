import threading

from core.remembered.page_cache import MOST_UNCACHABLE, PackedPageCache, PageCache


def test_page_that_many_ask_for_is_made_once():
    memory, made = PageCache(100), []

    def ask():
        with memory.single_flight("page", 5):
            if memory.get("page") is None:
                made.append(1)
                memory.keep("page", (b"x",))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1 and memory._flights == {}


def test_memory_is_bounded_and_drops_what_was_asked_for_longest_ago():
    memory = PageCache(12)
    for key in "abc":
        memory.keep(key, (b"1234",))
        memory.get("a")
    assert (memory.get("a"), memory.get("b"), memory.size) == ((b"1234",), None, 10)  # the keys count
    memory.keep("a", (b"12",))
    assert memory.size == 8


def test_keys_that_are_left_are_bounded_and_forgotten():
    memory = PageCache(10)
    for number in range(MOST_UNCACHABLE + 1):
        memory.set_uncachable(str(number))
    assert (
        memory.is_uncachable("0"),
        memory.is_uncachable("1"),
        memory.is_uncachable(str(MOST_UNCACHABLE)),
    ) == (False, True, True)
    memory.clear()
    assert not memory.is_uncachable("1")


def test_pages_are_kept_in_a_fraction_of_their_bytes_and_come_back_as_they_were():
    memory = PackedPageCache(1_000)
    page = [b"<table>" + "<tr><td>예산현액</td></tr>".encode() * 1_000, b"token", b"</table>"]
    memory.keep("page", page)
    assert memory.get("page") == page
    assert 0 < memory.size < 400  # of 28,000
    memory.keep("zero", [b"a\0b"])  # which could not be told from two
    assert memory.get("zero") is None
    memory.clear()
    assert memory.get("page") is None
