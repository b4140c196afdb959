"""A folder of saved pages: what of it cannot be read is told by name, and the rest is read."""

from worker.imports import Found, Passed, folder, inputs


def test_a_page_that_cannot_be_read_is_named_and_the_folder_counts_as_not_whole(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.html").write_text(f"<html><title>{name}</title>")
    entries = (f"{{file: {name}.html, source: x, url: 'https://x.vn/{name}', fetched_at: 2025-02-02}}" for name in "ab")
    (tmp_path / "index.yaml").write_text(f"[{', '.join(entries)}]")
    pages = folder.read(tmp_path, lambda _: True)
    assert isinstance(next(pages), Found)
    (tmp_path / "b.html").unlink()  # in the meantime
    lost = next(pages)
    assert lost == Passed(folder.NOT_READ, f"{tmp_path}/b.html: No such file or directory")
    assert lost.reason in inputs.NOT_WHOLE
