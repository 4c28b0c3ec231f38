// Decisions as a file: out of the page, and in again.

function fileName(suffix) {
  const name = island.target.path.split(/[\\/]/).pop().replace(/\.[^.]*$/, "") || "translation";
  return name.replace(/[^\p{L}\p{N}._-]+/gu, "-") + suffix;
}

function download(name, text, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

/** Everything known: also decisions about findings that this report does not have (any more). */
function decisionsFile() {
  const known = new Map(findings.map((finding) => [finding.fingerprint, finding]));
  const rows = [...decisions].map(([fingerprint, decision]) => {
    const { rule, source, target } = known.get(fingerprint) ?? {};
    return { fingerprint, ...decision, ...(rule ? { rule, source, target } : {}) };
  });
  const { path, lang } = island.target;
  const head = { schema: island.schema, report: island.report, source: island.source, target: { path, lang } };
  return JSON.stringify({ ...head, decisions: rows }, null, 1) + "\n";
}

function exportDecisions() {
  download(fileName(".decisions.json"), decisionsFile(), "application/json");
  say(`${decisions.size} ${decisions.size === 1 ? "decision" : "decisions"} exported.`);
}

async function importDecisions(file) {
  if (!file) return;
  const data = parsed(await file.text());
  if (data?.schema !== island.schema || !Array.isArray(data.decisions)) {
    say(`${file.name} is no file of decisions: nothing was changed.`);
    return;
  }
  let taken = 0;
  let strangers = 0;
  for (const decision of data.decisions) {
    const fingerprint = decision?.fingerprint;
    const known = decisions.get(fingerprint)?.decided ?? "";
    if (typeof fingerprint !== "string" || !takeIn(fingerprint, decision)) continue;
    keep(fingerprint, decisions.get(fingerprint), known);
    taken += 1;
    if (!byFingerprint.has(fingerprint)) strangers += 1;
    showDecisions(fingerprint);
  }
  const older = data.decisions.length - taken;
  const parts = [`${taken} of ${data.decisions.length} decisions imported.`];
  if (older) parts.push(`${older} left out: newer ones are known here, or they have no known form.`);
  if (strangers) parts.push(`${strangers} for findings that this report does not have.`);
  say(parts.join(" "));
}
