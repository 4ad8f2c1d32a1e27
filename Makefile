PYTHON ?= python3

.PHONY: briefs test slow bench recovery setup lock
briefs:  ## sample city if no data is there, whole pipeline, HTML and PDF
	@$(PYTHON) bootstrap.py briefs
test:    ## all tests
	@$(PYTHON) bootstrap.py test
slow:    ## tests on the full city
	@$(PYTHON) bootstrap.py slow
bench:   ## measured speed -> tests/benchmarks/RESULTS.md
	@$(PYTHON) bootstrap.py bench
recovery: ## do intervals of linkage error hold the truth, over 44 small cities -> tests/recovery/RESULTS.md
	@$(PYTHON) bootstrap.py recovery
setup:   ## only the environment
	@$(PYTHON) bootstrap.py setup
lock:    ## renew both locks (needs uv)
	uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -q -o requirements.lock
	uv pip compile pyproject.toml --group build --group dev -c requirements.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -q -o requirements-dev.lock
