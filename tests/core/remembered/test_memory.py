import threading

from core.remembered.memory import UNKEPT, BoundedMemory


def test_page_that_many_ask_for_is_made_once():
    memory, made = BoundedMemory(100), []

    def ask():
        with memory.making("page", 5):
            if memory.get("page") is None:
                made.append(1)
                memory.keep("page", (b"x",))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1 and memory._making == {}


def test_memory_is_bounded_and_drops_what_was_asked_for_longest_ago():
    memory = BoundedMemory(10)
    for key in "abc":
        memory.keep(key, (b"1234",))
        memory.get("a")
    assert (memory.get("a"), memory.get("b"), memory.size) == ((b"1234",), None, 8)


def test_keys_that_are_left_are_bounded_and_forgotten():
    memory = BoundedMemory(10)
    for number in range(UNKEPT + 1):
        memory.leave(str(number))
    assert (memory.is_left("0"), memory.is_left("1"), memory.is_left(str(UNKEPT))) == (False, True, True)
    memory.clear()
    assert not memory.is_left("1")
