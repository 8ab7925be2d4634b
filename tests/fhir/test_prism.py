"""The stand-in for DrChrono's REST API refuses what its document does not allow."""

import requests

TOKEN = {"Authorization": "Bearer anything"}


def test_without_a_token_it_refuses(drchrono):
    assert requests.get(f"{drchrono.base_url}/api/patients", timeout=5).status_code == 401


def test_with_one_it_answers_a_page(drchrono):
    answer = requests.get(f"{drchrono.base_url}/api/patients", headers=TOKEN, timeout=5)
    assert answer.status_code == 200
    assert answer.json()["data"]


def test_an_unknown_path_is_not_there(drchrono):
    answer = requests.get(f"{drchrono.base_url}/api/nonsense", headers=TOKEN, timeout=5)
    assert answer.status_code == 404


def test_a_document_is_uploaded_with_all_that_it_requires(drchrono):
    form = {"patient": 1, "doctor": 2, "description": "Summary", "date": "2026-11-20"}
    url = f"{drchrono.base_url}/api/documents"
    file = {"document": ("summary.pdf", b"%PDF-1.7", "application/pdf")}
    answer = requests.post(url, data=form, files=file, headers=TOKEN, timeout=5)
    assert answer.status_code == 201, answer.headers
    assert "document" in answer.json()
    without = requests.post(url, data={"patient": 1}, files=file, headers=TOKEN, timeout=5)
    assert without.status_code in {400, 422}


def test_a_task_is_made_and_changed(drchrono):
    url = f"{drchrono.base_url}/api/tasks"
    made = requests.post(url, json={"title": "Review", "status": 1}, headers=TOKEN, timeout=5)
    assert made.status_code == 201, made.headers
    part = requests.patch(f"{url}/1", json={"status": 2}, headers=TOKEN, timeout=5)
    assert part.status_code == 204, part.headers
