"""A Marian model of a few kilobytes with random weights, written as the real ones are: for the real loading code."""

from __future__ import annotations

import io
import json
from pathlib import Path

FRENCH = (
    "Le caporal est mort vendredi dans la forêt, près de la frontière.",
    "La ministre s’est rendue sur place ; elle a salué son courage.",
    "Trois soldats du régiment de chasseurs avaient été tués en janvier.",
    "L’état-major a confirmé l’information : « Il était très aimé. »",
    "Les deux hélicoptères ont ouvert le feu avant l’aube…",
)
ENGLISH = (
    "The corporal died on Friday in the forest, near the border.",
    "The minister went to the scene; she praised his courage.",
    "Three soldiers of the chasseurs regiment had been killed in January.",
    "The general staff confirmed the news: “He was much loved.”",
    "The two helicopters opened fire before dawn…",
)
DIRECTIONS = (("fr", "en"), ("en", "fr"))


def write(folder: Path, *, separate: bool = False, tags: tuple[str, ...] = (), positions: int = 512) -> Path:
    """Models of both directions under ``folder``; answers the path with ``{source}-{target}`` in it.

    ``separate``: a vocabulary for each side. ``tags``: language tokens that the vocabulary has. ``positions``: how many
    tokens it can take.
    """
    for source, target in DIRECTIONS:
        _write_one(folder / f"tiny-{source}-{target}", source, separate, tags, positions)
    return folder / "tiny-{source}-{target}"


def _write_one(folder: Path, source: str, separate: bool, tags: tuple[str, ...], positions: int) -> None:
    import torch
    from transformers import MarianConfig, MarianMTModel

    folder.mkdir(parents=True)
    texts = (FRENCH, ENGLISH) if source == "fr" else (ENGLISH, FRENCH)
    files = ("source.spm", "target.spm")
    sides = [sentence_pieces(folder / name, side) for name, side in zip(files, texts, strict=True)]
    groups = [[*tags, *side] for side in (sides if separate else [[*sides[0], *sides[1]]])]
    vocabularies = [_vocabulary(group, max(map(len, groups))) for group in groups]
    for name, vocabulary in zip(("vocab.json", "target_vocab.json"), vocabularies, strict=False):
        (folder / name).write_text(json.dumps(vocabulary, ensure_ascii=False), "utf-8")
    sizes = [len(vocabulary) for vocabulary in vocabularies]
    torch.manual_seed(7)
    configuration = MarianConfig(
        vocab_size=sizes[0],
        decoder_vocab_size=sizes[-1],
        d_model=16,
        encoder_layers=1,
        decoder_layers=1,
        encoder_attention_heads=2,
        decoder_attention_heads=2,
        encoder_ffn_dim=32,
        decoder_ffn_dim=32,
        max_position_embeddings=positions,
        activation_function="swish",
        scale_embedding=True,
        init_std=0.4,
        static_position_embeddings=True,
        share_encoder_decoder_embeddings=not separate,
        tie_word_embeddings=True,
        pad_token_id=sizes[-1] - 1,
        decoder_start_token_id=sizes[-1] - 1,
        eos_token_id=0,
        forced_eos_token_id=None,
    )
    model = MarianMTModel(configuration).eval()
    model.final_logits_bias[0, 0] = 5.0  # or random weights would never come to an end
    model.save_pretrained(folder)


def sentence_pieces(path: Path, texts: tuple[str, ...]) -> list[str]:
    import sentencepiece

    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(texts * 3), model_writer=model, vocab_size=80, hard_vocab_limit=False, minloglevel=2
    )
    path.write_bytes(model.getvalue())
    processor = sentencepiece.SentencePieceProcessor(model_file=str(path))
    return [processor.id_to_piece(number) for number in range(3, processor.get_piece_size())]


def _vocabulary(pieces: list[str], size: int) -> dict[str, int]:
    """End first and padding last, as in the published models; filled up, since both sides share their padding."""
    known = list(dict.fromkeys(["</s>", "<unk>", *pieces]))
    filling = [f"<filling{number}>" for number in range(len(known), size + 2)]
    return {piece: number for number, piece in enumerate([*known, *filling, "<pad>"])}
