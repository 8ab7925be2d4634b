# Two commands matter: `make demo` and `make test`. Both work in an empty clone.
.DEFAULT_GOAL := help
.PHONY: help demo demo-n8n test check lint serve bench soak docs lock clean

RUN  := .venv/bin/
TEST := .venv-test/bin/

help:  ## list the targets
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

.venv/.ready: requirements.lock .ci/venv
	@.ci/venv .venv requirements.lock

.venv-test/.ready: requirements-test.lock .ci/venv
	@.ci/venv .venv-test requirements-test.lock

demo: .venv/.ready  ## one order after another becomes a submitted request, on the embedded sandbox
	@$(RUN)prior-auth demo

demo-n8n: .venv-test/.ready  ## the same in a real n8n, with the workflows imported
	@.ci/tools compiler
	@.ci/n8n.sh install
	@$(TEST)python -m tests.n8n.demo

# Without bytecode every process of the tests would compile some 1,700 modules anew.
test check: export PYTHONDONTWRITEBYTECODE =

test: .venv-test/.ready  ## lint, then every test: n8n and browser included
	@.ci/tools compiler chromium poppler tesseract
	@$(MAKE) --no-print-directory lint
	@.ci/n8n.sh install
	@.ci/oracles >/dev/null
	@.ci/fhir >/dev/null
	@.ci/tests

check: .venv-test/.ready  ## the inner loop: no n8n, browser or FHIR server, about four minutes
	@.ci/tests -m "not n8n and not browser and not fhir and not slow" -q

lint: .venv-test/.ready  ## ruff, mypy strict, import-linter
	@$(TEST)ruff check . && $(TEST)ruff format --check . && $(TEST)mypy && $(TEST)lint-imports

serve: .venv/.ready  ## the server with the sandbox on http://127.0.0.1:8000
	@$(RUN)prior-auth serve --sandbox

bench: .venv-test/.ready  ## what a request costs beside bare Flask, throughput, CPU per case
	@$(TEST)python -m tests.bench

soak: .venv-test/.ready  ## 10,000 orders to submission with random faults
	@SOAK_RUNS=10000 $(TEST)pytest -q -s tests/test_soak.py

docs: .venv-test/.ready  ## write again all that is generated (examples, README table)
	@$(TEST)python -m tests.generate

lock:  ## resolve the lock files again
	@python3 -m venv .cache/lock && .cache/lock/bin/pip install -q uv
	@cd . && for kind in "requirements.lock" "requirements-test.lock --group test"; do set -- $$kind; out=$$1; shift; \
	  .cache/lock/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --custom-compile-command "make lock" pyproject.toml $$@ -o $$out; done

clean:  ## remove what the targets made here (not what is in your cache folder)
	@rm -rf .venv .venv-test .cache demo-out
