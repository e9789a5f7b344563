"""Writes a small CNMARC file (ISO 2709, GB18030) of records made up here."""

# Books that do not exist, so that nothing is claimed of real ones.
BOOKS = [
    ("QX900001", "铁路旁的图书馆", "甲作者", "I247.5"),
    ("QX900002", "骨瓷的颜色", "乙作者", "J527"),
    ("QX900003", "从矿井到星空", "丙作者", "P1"),
    ("QX900004", "慢慢读一座城", "丁作者", "K292"),
]

FIELD, RECORD, SUBFIELD = b"\x1e", b"\x1d", b"\x1f"


def _record(number, barcode, title, author, kind):
    def coded(*pairs):
        return b"  " + b"".join(SUBFIELD + code.encode() + text.encode("gb18030") for code, text in pairs)

    fields = [
        ("001", f"win{number:06d}".encode()),
        ("100", coded(("a", "20260101d2026    em y0chiy0121    ea"))),
        ("200", coded(("a", title), ("f", author))),
        ("690", coded(("a", kind))),
        ("701", coded(("a", author))),
        ("905", coded(("a", "LB"), ("b", barcode), ("d", kind))),
    ]
    directory, data = b"", b""
    for tag, value in fields:
        value += FIELD
        directory += f"{tag}{len(value):04d}{len(data):05d}".encode()
        data += value
    base = 24 + len(directory) + 1
    total = base + len(data) + 1
    leader = f"{total:05d}nam0 22{base:05d}   450 ".encode()
    return leader + directory + FIELD + data + RECORD


def write(path):
    """Write the file and return its books: (barcode, title, author, class)."""
    path.write_bytes(b"".join(_record(n, *book) for n, book in enumerate(BOOKS, 1)))
    return BOOKS
