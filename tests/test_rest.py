"""What a process gives back when it rests."""

from worker import rest
from worker.dedup import canonical


def test_what_was_kept_for_the_next_page_is_forgotten_and_what_was_read_from_files_is_not():
    address = canonical.canonical("https://phunu.example.vn/vi/news/a-1.html?utm_source=x")
    assert canonical._known.cache_info().currsize
    lasting = [
        one for one in vars(canonical).values() if getattr(one, "cache_parameters", dict)().get("maxsize", 0) is None
    ]
    kept = [one.cache_info().currsize for one in lasting]
    rest.give_back()
    assert canonical._known.cache_info().currsize == 0
    assert [one.cache_info().currsize for one in lasting] == kept and any(kept)
    assert canonical.canonical("https://phunu.example.vn/vi/news/a-1.html?utm_source=x") == address
