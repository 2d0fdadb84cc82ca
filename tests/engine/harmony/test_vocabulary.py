import hashlib

from engine.harmony import vocabulary
from engine.harmony.vocabulary import rebuild

MODULE = r"""
const c0 = [
"!", "\"", "\\", "\n", "\0", "\v", "\x7f", "\'", " the", "é",
[195], [240, 159, 143]
];
const c1 = [
"日本"
];
export default [...c0, ...c1];
"""


def test_the_packaged_vocabulary_is_the_one_openai_publishes():
    assert hashlib.sha256(vocabulary.unpack()).hexdigest() == (
        "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"
    )


def test_the_module_of_the_npm_package_is_read_as_javascript_means_it():
    ranks = rebuild.read_ranks(MODULE)
    assert ranks == [
        *(b"!", b'"', b"\\", b"\n", b"\0", b"\v", b"\x7f", b"'", b" the", "é".encode()),
        *(b"\xc3", b"\xf0\x9f\x8f", "日本".encode()),
    ]
    assert rebuild.write_tiktoken(ranks[:2]) == b"IQ== 0\nIg== 1\n"
