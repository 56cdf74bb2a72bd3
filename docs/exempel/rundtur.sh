#!/bin/sh
# A case from the first report to a correction, with curl alone, against a ledger that is empty.
set -eu
API=${LIGGARE_API:-http://localhost:8000/v1}
ARENDE=$API/arenden/019a0000-0000-7000-8000-000000000010
fraga() { curl --silent --show-error --fail-with-body ${TOKEN:+-H "Authorization: Bearer $TOKEN"} "$@"; echo; }
registrera() { fraga "$ARENDE/handelser" -H 'Content-Type: application/json' "$@"; }

echo '1. A report of concern came on 7 July. The stream is new, and the event has an id of ours.'
registrera -H 'If-None-Match: *' -H 'Idempotency-Key: "019a0000-0000-7000-8000-0000000000a1"' -d '{
  "typ": "arende.aktualiserat", "datum": "2025-07-07", "kommun": "0000", "arendetyp": "barnOchUnga",
  "enhet": "Mottagningen", "malgrupp": "unga", "kon": "kvinna", "fodelsear": 2011, "satt": "anmalan",
  "avsandare": "halsoOchSjukvard", "personId": "0198c1a4-6f00-7c3e-9a51-2f1f4b6c7d22"}'

echo '2. The preliminary assessment ended on 18 July, upon version 1 of the case.'
registrera -H 'If-Match: "1"' -d '{
  "typ": "forhandsbedomning.avslutad", "datum": "2025-07-18", "utfall": "inleds",
  "handelseId": "019a0000-0000-7000-8000-0000000000a2"}'

echo '3. Sent again, it changes nothing and gives the same receipt.'
registrera -H 'If-Match: "1"' -d '{
  "typ": "forhandsbedomning.avslutad", "datum": "2025-07-18", "utfall": "inleds",
  "handelseId": "019a0000-0000-7000-8000-0000000000a2"}'

echo '4. It ended on the 16th: the right event, naming the one that it corrects.'
registrera -H 'If-Match: "2"' -d '{
  "typ": "forhandsbedomning.avslutad", "datum": "2025-07-16", "utfall": "inleds",
  "handelseId": "019a0000-0000-7000-8000-0000000000a3", "rattar": "019a0000-0000-7000-8000-0000000000a2"}'

echo '5. A refusal names the rule and the field.'
registrera -H 'If-Match: "3"' -d '{
  "typ": "forhandsbedomning.avslutad", "datum": "2025-07-01", "utfall": "inleds",
  "handelseId": "019a0000-0000-7000-8000-0000000000a4"}' || true

echo '6. The case as of 17 July, by what is known now; by what was known before the correction; and what differs.'
fraga "$ARENDE?gallerDen=2025-07-17"
fraga "$ARENDE?gallerDen=2025-07-17&position=2"
fraga "$ARENDE?gallerDen=2025-07-31&jamfor=2"

# Figures of few, and the feed of all cases, are for those who may read every case.
TOKEN=${REVISOR:-}
echo '7. How many reports came in July, as of its end.'
fraga "$API/matt/aktualiseringar?fran=2025-07-01&till=2025-07-31&gallerDen=2025-07-31"

echo '8. The feed: a page, and then every new event as it comes (for two seconds here).'
fraga "$API/handelser?samling=arenden&limit=2"
fraga --no-buffer --max-time 2 -H 'Accept: text/event-stream' -H 'Last-Event-ID: 2' "$API/handelser" || true
