#!/usr/bin/env bash
# Releases one image in one environment.
# Written by `npx lz ci`; do not edit. It follows stacks/landing-zone; `npx lz ci --check` says whether it still does.
#
# Usage: release.sh <environment>, with PRODUCT, WORKLOAD and DIGEST in the environment.
set -euo pipefail
. "$(dirname "$0")/take-role.sh"
environment=$1
case "$environment" in
  dev) role=arn:aws:iam::111122223333:role/landing-zone-apply-dev; confirm= ;;
  int) role=arn:aws:iam::111122223333:role/landing-zone-apply-int; confirm= ;;
  prod) role=arn:aws:iam::111122223333:role/landing-zone-apply-prod; confirm="--confirm prod" ;;
  *) echo "there is no environment \"$environment\"" >&2; exit 2 ;;
esac
case "$PRODUCT in $environment" in
  "orders in dev") from= scanner=arn:aws:iam::555566667777:role/landing-zone-test tester=arn:aws:iam::555566667777:role/landing-zone-test test= drill= ;;
  "orders in int") from=dev scanner=arn:aws:iam::555566667777:role/landing-zone-test tester=arn:aws:iam::666677778888:role/landing-zone-test test= drill= ;;
  "orders in prod") from=int scanner=arn:aws:iam::555566667777:role/landing-zone-test tester=arn:aws:iam::777788889999:role/landing-zone-test test= drill= ;;
  "payments in dev") from= scanner=arn:aws:iam::888899990000:role/landing-zone-test tester=arn:aws:iam::888899990000:role/landing-zone-test test= drill= ;;
  "payments in int") from=dev scanner=arn:aws:iam::888899990000:role/landing-zone-test tester=arn:aws:iam::999900001111:role/landing-zone-test test= drill= ;;
  "payments in prod") from=int scanner=arn:aws:iam::888899990000:role/landing-zone-test tester=arn:aws:iam::123456789012:role/landing-zone-test test= drill= ;;
  "pricing in dev") from= scanner=arn:aws:iam::555566667777:role/landing-zone-test tester=arn:aws:iam::555566667777:role/landing-zone-test test= drill= ;;
  "pricing in int") from=dev scanner=arn:aws:iam::555566667777:role/landing-zone-test tester=arn:aws:iam::666677778888:role/landing-zone-test test= drill= ;;
  "pricing in prod") from=int scanner=arn:aws:iam::555566667777:role/landing-zone-test tester=arn:aws:iam::777788889999:role/landing-zone-test test= drill= ;;
  "shop in dev") from= scanner=arn:aws:iam::555566667777:role/landing-zone-test tester=arn:aws:iam::555566667777:role/landing-zone-test test= drill= ;;
  "shop in int") from=dev scanner=arn:aws:iam::555566667777:role/landing-zone-test tester=arn:aws:iam::666677778888:role/landing-zone-test test= drill= ;;
  "shop in prod") from=int scanner=arn:aws:iam::555566667777:role/landing-zone-test tester=arn:aws:iam::777788889999:role/landing-zone-test test= drill= ;;
  "statements in dev") from= scanner=arn:aws:iam::555566667777:role/landing-zone-test tester=arn:aws:iam::555566667777:role/landing-zone-test test= drill= ;;
  "statements in int") from=dev scanner=arn:aws:iam::555566667777:role/landing-zone-test tester=arn:aws:iam::666677778888:role/landing-zone-test test= drill=yes ;;
  "statements in prod") from=int scanner=arn:aws:iam::555566667777:role/landing-zone-test tester=arn:aws:iam::777788889999:role/landing-zone-test test= drill= ;;
  *) echo "the product \"$PRODUCT\" does not live in $environment" >&2; exit 2 ;;
esac

up() {
  take "$role" && npx lz up "$PRODUCT-service-$environment" --yes $confirm
}
tried() {
  if [ -z "$test" ]; then return 0; fi
  take "$tester" && npx lz run "$PRODUCT" "$test" --env "$environment" --wait
}

take "$scanner"
npx lz scan "$PRODUCT" "$WORKLOAD" --digest "$DIGEST"
if [ -z "$from" ]; then
  npx lz release "$PRODUCT" "$WORKLOAD" --env "$environment" --digest "$DIGEST" --yes --push
else
  # Only what has been tried in the environment before, by the same digest.
  npx lz promote "$PRODUCT" "$WORKLOAD" --from "$from" --to "$environment" --release "$DIGEST" --yes --push
fi
if ! { up && tried; }; then
  # ECS has taken a release back that does not become well; now the description says so, too.
  npx lz release "$PRODUCT" "$WORKLOAD" --env "$environment" --back --yes --push
  up
  echo "$PRODUCT $WORKLOAD $DIGEST has been taken back in $environment" >&2
  exit 1
fi
if [ -n "$drill" ]; then
  # On prod's data, restored beside what int has: where that proves nothing, the release stays, and goes no further.
  take "$tester" 14400
  npx lz restore "$PRODUCT" --drill --run --wait
fi
