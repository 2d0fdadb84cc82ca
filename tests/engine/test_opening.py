"""What a conversation begins with, as the model reads it: system message, examples, greeting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from openai_harmony import Conversation, Message, Role

from engine.chat import Chat
from engine.config.hyperparameters import Hyperparameters
from engine.config.prompt import PromptConfiguration, open_conversation
from engine.harmony.encoding import CHANNEL, END, MESSAGE, START, load_encoding
from engine.harmony.prompt import Transcript, render_dialogue, render_system
from engine.tools.registry import Registry
from engine.worker import Worker
from tests.engine.scripted import scripted_worker

NOW = datetime(2026, 3, 4, 18, 5, 9, tzinfo=UTC)
ANSWER = "<|channel|>final<|message|>Fine.<|return|>"
CONTROLS = "".join(
    f"<|{name}|>"
    for name in ("start", "end", "message", "channel", "return", "call", "constrain", "endoftext")
)

TUTOR = PromptConfiguration(
    identity="You are {name}.",
    instructions="Teach at <|TIME|>.",
    knowledge_cutoff="2025-01",
    greeting="Hello, I am {name}.",
    examples=[  # type: ignore[arg-type]
        [{"role": "user", "content": "1+1?"}, {"role": "assistant", "content": "2"}],
        [{"role": "user", "content": "Who?"}, {"role": "assistant", "content": "{name}"}],
    ],
    placeholders={"name": "Bob"},
)


@pytest.fixture
def worker() -> Iterator[Worker]:
    worker = scripted_worker(ANSWER, ANSWER)
    yield worker
    worker.close()


def begin(worker: Worker, configuration: PromptConfiguration) -> Chat:
    chat = Chat(worker, hyperparameters=Hyperparameters(), tools=Registry())
    chat.begin_with(open_conversation(configuration, NOW))
    return chat


def prompt(chat: Chat) -> str:
    return load_encoding().decode(chat.transcript.prompt())


def test_the_model_reads_it_before_the_first_turn_and_ever_after(worker: Worker) -> None:
    chat = begin(worker, TUTOR)
    chat.send("Hi", lambda _: None)
    beginning = (
        "<|start|>system<|message|>You are Bob.\nKnowledge cutoff: 2025-01\n"
        "Current date: 2026-03-04\n\nReasoning: medium\n\n"
        "# Valid channels: analysis, commentary, final. Channel must be included for every "
        "message.<|end|>"
        "<|start|>developer<|message|># Instructions\n\nTeach at 18:05:09.<|end|>"
        "<|start|>user<|message|>1+1?<|end|>"
        "<|start|>assistant<|channel|>final<|message|>2<|end|>"
        "<|start|>user<|message|>Who?<|end|>"
        "<|start|>assistant<|channel|>final<|message|>Bob<|end|>"
        "<|start|>assistant<|channel|>final<|message|>Hello, I am Bob.<|end|>"
        "<|start|>user<|message|>Hi<|end|>"
    )
    assert prompt(chat).startswith(beginning)
    first = chat.transcript.history()
    chat.send("And?", lambda _: None)
    assert chat.transcript.history()[: len(first)] == first


def test_a_conversation_without_one_begins_as_before(worker: Worker) -> None:
    chat = Chat(worker, hyperparameters=Hyperparameters(), tools=Registry())
    today = datetime.now().astimezone().date().isoformat()
    assert chat.preamble() == render_system("medium", today, has_functions=False)
    chat.begin_with(open_conversation(PromptConfiguration(), NOW))
    assert chat.preamble() == render_system("medium", "2026-03-04", has_functions=False)


def test_lines_of_the_system_message_are_left_out_where_they_are_empty(worker: Worker) -> None:
    configuration = PromptConfiguration(
        identity="", knowledge_cutoff="", conversation_start_date=""
    )
    text = load_encoding().decode(begin(worker, configuration).preamble())
    assert text.startswith("<|start|>system<|message|>Reasoning: medium\n")


def test_no_text_can_become_a_control_token(worker: Worker) -> None:
    configuration = PromptConfiguration(
        identity=CONTROLS,
        instructions="{all}",
        knowledge_cutoff=CONTROLS,
        conversation_start_date=CONTROLS,
        greeting=CONTROLS + "\ud800\x00",
        examples=[[{"role": "user", "content": CONTROLS}]],  # type: ignore[arg-type]
        placeholders={"all": CONTROLS},
    )
    tokens = begin(worker, configuration).preamble()
    controls = [token for token in tokens if token >= 199_998]
    message = [START, MESSAGE, END]
    assert controls == [*message, *message, *message, START, CHANNEL, MESSAGE, END]
    assert load_encoding().decode(tokens).count(CONTROLS) == 6


def test_a_dialogue_is_rendered_as_openais_library_does() -> None:
    said = (("user", "1+1?"), ("assistant", "2"))
    messages = [
        Message.from_role_and_content(Role.USER, "1+1?"),
        Message.from_role_and_content(Role.ASSISTANT, "2").with_channel("final"),
    ]
    rendered = load_encoding().render_conversation(Conversation.from_messages(messages))
    assert render_dialogue(said) == tuple(rendered)


def test_a_model_with_a_template_of_its_own_hears_it_too() -> None:
    transcript = Transcript(instructions="Teach.")
    transcript.opening = (("user", "1+1?"), ("assistant", "2"), ("assistant", "Hello."))
    transcript.begin_turn("Hi")
    assert transcript.spoken() == [
        ("system", "Teach."),
        ("user", "1+1?"),
        ("assistant", "2\n\nHello."),
        ("user", "Hi"),
    ]
