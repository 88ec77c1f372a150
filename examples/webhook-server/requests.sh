#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Copyright the DebouncedBuffer authors
#
# One request per channel, to a server that runs on this machine: ./requests.sh [http://localhost:8080]
# The numbers are invented. Run it twice: what has an id is "stored before" then, and not answered again.
set -eu
server=${1:-http://localhost:8080}
secret=${WHATSAPP_APP_SECRET:-demo-secret}
token=${WHATSAPP_VERIFY_TOKEN:-demo-token}

post() { # path, body, and what else curl is to be told
  path=$1 body=$2
  shift 2
  printf '%-20s ' "$path"
  curl -sS -w ' (%{http_code})\n' -H 'Content-Type: application/json' "$@" --data-raw "$body" "$server$path"
}

post /wati '{"id":"wati-1","whatsappMessageId":"wamid.HBg1","text":"Hello! Do you have a room?","type":"text",
  "timestamp":"1767616496","owner":false,"eventType":"message","waId":"50370000001","senderName":"Ana"}'

post /manychat/facebook '{"id":"50370000002","status":"active","first_name":"Luz","last_input_text":"Are you open today?"}'

post /manychat/instagram '{"id":"50370000003","status":"active","first_name":"Eva","last_input_text":"How much is it?"}'

body='{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{
  "messaging_product":"whatsapp","metadata":{"display_phone_number":"50370000008","phone_number_id":"1"},
  "messages":[{"from":"50370000004","id":"wamid.1","timestamp":"1767616496","type":"text","text":{"body":"Good day."}},
              {"from":"50370000004","id":"wamid.2","timestamp":"1767616497","type":"text","text":{"body":"A table for two?"}}]}}]}]}'
signature=$(printf %s "$body" | openssl dgst -sha256 -hmac "$secret" | sed 's/^.* //')
post /whatsapp "$body" -H "X-Hub-Signature-256: sha256=$signature"

# How WhatsApp verifies a webhook: it gets back what it asks.
printf '%-20s ' "GET /whatsapp"
curl -sS -w ' (%{http_code})\n' -G "$server/whatsapp" -d hub.mode=subscribe -d "hub.verify_token=$token" -d hub.challenge=1158201444

printf '%-20s ' "GET /health"
curl -sS -w ' (%{http_code})\n' "$server/health"
