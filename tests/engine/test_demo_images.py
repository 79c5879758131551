"""What the demo's image services see in a picture."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image, ImageDraw

from demo_server import RunningDemo
from firstlight.demo.modelarts.services import FLOWERS, SHAPES
from firstlight.demo.vision.colours import colour_name
from firstlight.resources import resource_path

FILES = resource_path("demo", "workspace", "files")


@pytest.fixture
def client(demo: RunningDemo) -> Iterator[httpx.Client]:
    headers = {"X-Apig-AppCode": demo["demo_appcode"]}
    with httpx.Client(base_url=demo.url, headers=headers, trust_env=False) as client:
        yield client


def classify(client: httpx.Client, files: Any) -> httpx.Response:
    return client.post(f"/v1/infers/{FLOWERS.id}", files=files)


def detect(client: httpx.Client, picture: bytes) -> dict[str, Any]:
    return client.post(f"/v1/infers/{SHAPES.id}", files={"images": ("p.png", picture)}).json()


def drawn(size: tuple[int, int], *rectangles: tuple[tuple[int, int, int, int], str], form: str = "PNG") -> bytes:
    image = Image.new("RGB", size, "white")
    for box, colour in rectangles:
        ImageDraw.Draw(image).rectangle(box, fill=colour)
    image.save(output := BytesIO(), form)
    return output.getvalue()


@pytest.mark.parametrize(
    ("name", "flower"),
    [("rose.jpg", "rose"), ("sunflower.jpg", "sunflower"), ("iris.jpg", "iris"), ("daisy.png", "daisy")],
)
def test_the_flower_in_a_bundled_picture_is_named(client: httpx.Client, name: str, flower: str) -> None:
    answer = classify(client, {"images": (name, (FILES / name).read_bytes())})
    assert answer.status_code == 200
    result = answer.json()
    assert result["predicted_label"] == flower
    assert result["scores"][0][0] == flower
    assert len(result["scores"]) == 5
    assert [score for _, score in result["scores"]] == sorted((score for _, score in result["scores"]), reverse=True)


def test_the_label_follows_the_pixels_and_not_the_file(client: httpx.Client) -> None:
    for colour, label in (("red", "rose"), ("blue", "cornflower"), ("orange", "marigold")):
        picture = drawn((80, 60), ((20, 15, 60, 45), colour))
        assert classify(client, {"images": ("x.png", picture)}).json()["predicted_label"] == label


@pytest.mark.parametrize("form", ["PNG", "JPEG", "BMP", "GIF", "WEBP"])
def test_every_usual_format_is_read(client: httpx.Client, form: str) -> None:
    picture = drawn((80, 60), ((20, 15, 60, 45), "red"), form=form)
    assert classify(client, {"images": ("x", picture)}).json()["predicted_label"] == "rose"


def test_a_transparent_picture_stands_on_white(client: httpx.Client) -> None:
    image = Image.new("RGBA", (60, 60), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((10, 10, 50, 50), fill=(200, 20, 30, 255))
    image.save(output := BytesIO(), "PNG")
    assert classify(client, {"images": ("x.png", output.getvalue())}).json()["predicted_label"] == "rose"


def test_objects_are_boxed_with_y_first_in_the_pixels_of_the_picture(client: httpx.Client) -> None:
    picture = drawn((800, 400), ((100, 40, 299, 139), "blue"), ((600, 200, 699, 349), "green"))
    found = detect(client, picture)
    boxes = dict(zip(found["detection_classes"], found["detection_boxes"], strict=True))
    assert boxes["blue rectangle"] == pytest.approx([40, 100, 140, 300], abs=9)
    assert boxes["green rectangle"] == pytest.approx([200, 600, 350, 700], abs=9)
    assert len(found["detection_scores"]) == 2


def test_the_bundled_shapes_are_told_apart(client: httpx.Client) -> None:
    found = detect(client, (FILES / "shapes.png").read_bytes())
    assert sorted(found["detection_classes"]) == ["blue rectangle", "green triangle", "red circle", "yellow circle"]
    assert all(score > 0.9 for score in found["detection_scores"])


def test_an_empty_picture_has_no_objects(client: httpx.Client) -> None:
    assert detect(client, drawn((50, 50)))["detection_boxes"] == []


def test_touching_the_edges_does_not_join_what_lies_on_opposite_sides(client: httpx.Client) -> None:
    picture = drawn((100, 100), ((0, 40, 9, 59), "red"), ((90, 40, 99, 59), "red"))
    assert len(detect(client, picture)["detection_classes"]) == 2


def test_a_file_that_is_no_picture_fails_with_status_200(client: httpx.Client) -> None:
    answer = classify(client, {"images": ("a.png", b"this is text")})
    assert answer.status_code == 200
    assert answer.json()["erno"] == "MR.0105"
    assert answer.json()["words_result"] == {}


def test_a_picture_that_ends_early_is_no_picture(client: httpx.Client) -> None:
    half = Path(FILES / "rose.jpg").read_bytes()[:2000]
    assert classify(client, {"images": ("a.jpg", half)}).json()["erno"] == "MR.0105"


@pytest.mark.parametrize(
    ("files", "named"),
    [
        ([("images", b"1"), ("images", b"2")], "only one picture"),
        ([("picture", b"1")], "picture"),
    ],
)
def test_exactly_one_file_in_the_field_images_is_asked_for(client: httpx.Client, files: Any, named: str) -> None:
    answer = classify(client, files)
    assert answer.status_code == 400
    assert named in answer.json()["msg"]


def test_a_body_that_is_no_form_is_told(client: httpx.Client) -> None:
    url = f"/v1/infers/{FLOWERS.id}"
    assert client.post(url, json={}).json()["erno"] == "MR.0105"
    assert client.post(url).json()["error_code"] == "ModelArts.4202"
    without_boundary = client.post(url, content=b"x", headers={"Content-Type": "multipart/form-data"})
    assert without_boundary.json()["erno"] == "MR.0105"


@pytest.mark.parametrize(
    ("pixel", "name"),
    [
        ((255, 0, 0), "red"),
        ((250, 240, 235), "white"),
        ((10, 10, 10), "black"),
        ((128, 128, 128), "grey"),
        ((110, 70, 30), "brown"),
        ((250, 150, 180), "pink"),
        ((90, 60, 160), "purple"),
        ((255, 255, 0), "yellow"),
        ((0, 160, 60), "green"),
    ],
)
def test_colours_have_the_names_people_give_them(pixel: tuple[int, int, int], name: str) -> None:
    assert colour_name(pixel) == name
