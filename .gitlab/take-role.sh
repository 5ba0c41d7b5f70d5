# shellcheck shell=bash
# Defines `take <role>`.
# Written by `npx lz ci`; do not edit. It follows stacks/landing-zone; `npx lz ci --check` says whether it still does.

# The AWS SDKs exchange the job's token for the role, and do so again when the session ends.
take() {
  export AWS_ROLE_ARN="$1" AWS_WEB_IDENTITY_TOKEN_FILE=/tmp/landing-zone-token
  export AWS_ROLE_SESSION_NAME="gitlab-$CI_PROJECT_ID-$CI_JOB_ID"
  (umask 077 && printf %s "$AWS_TOKEN" > "$AWS_WEB_IDENTITY_TOKEN_FILE")
}
