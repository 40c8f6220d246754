"""What kind of file this is, by its first bytes; names and declared types are not believed."""

_STARTS = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF8", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"II+\0", "tiff"),
    (b"MM\0+", "tiff"),
    (b"BM", "bmp"),
    (b"\0\0\1\0", "ico"),
    (b"8BPS", "psd"),
    (b"%!PS", "eps"),
    (b"\xc5\xd0\xd3\xc6", "eps"),
    (b"%PDF", "pdf"),
    (b"\xff\x0a", "jxl"),
    (b"\0\0\0\x0cJXL ", "jxl"),
    (b"\0\0\0\x0cjP  ", "jp2"),
    (b"PK\3\4", "zip"),
)
_HEIC = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1"}
_AVIF = {b"avif", b"avis"}
HEAD = 1024


def kind_of(content: bytes) -> str:
    """One small word: jpeg, png, webp, or what it is instead; `unknown` when nothing fits."""
    head = content[:HEAD]
    if not head:
        return "empty"
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp":
        return _kind_of_container(head)
    return _kind_of_text(head)


def _kind_of_container(head: bytes) -> str:
    length = min(int.from_bytes(head[:4], "big"), len(head))
    brands = [head[8:12], *(head[i : i + 4] for i in range(16, length - 3, 4))]
    if head[8:12] in _AVIF or (_AVIF & set(brands) and not head[8:12].startswith(b"he")):
        return "avif"
    return "heic" if _HEIC & set(brands) else "video"


def _kind_of_text(head: bytes) -> str:
    try:
        text = head.decode("utf-8-sig", errors="strict" if len(head) < HEAD else "ignore")
    except UnicodeDecodeError:
        return "unknown"
    text = text.strip().lower()
    if "<svg" in text:
        return "svg"
    if text.startswith(("<!doctype html", "<html")):
        return "html"
    return "text" if all(c.isprintable() or c in "\t\r\n\f" for c in text) else "unknown"
