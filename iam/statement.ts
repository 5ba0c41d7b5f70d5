import { actionMatches } from "./actions";
import { conditionHolds } from "./condition-operators";
import type { Statement } from "./document";
import { principalHolds } from "./principals";
import { type ContextKeys, contextOf, type Request } from "./request";
import { every, type Finding, type Holds, known, not, some, unknown, yes } from "./three-valued";
import { withVariables } from "./variables";
import { matches } from "./wildcard";

/** Whether a statement, of whatever effect, covers a request; one without Principal covers every caller. */
export function statementHolds(statement: Statement, request: Request): Holds {
  return statementCovers(statement, request).holds;
}

/** As `statementHolds`, with what an unknown answer hangs on. */
export function statementCovers(statement: Statement, request: Request): Finding {
  const caller = namesPrincipals(statement) ? principalHolds(statement, request.principal) : yes;
  return every([caller, coversButForCaller(statement, request)]);
}

export function namesPrincipals({ principals, notPrincipals }: Statement): boolean {
  return principals.length + notPrincipals.length > 0;
}

/** Whether its actions, resources and conditions cover a request, whoever calls. */
export function coversButForCaller(statement: Statement, request: Request): Finding {
  const keys = contextOf(request);
  const { conditions, hasVariables } = statement;
  return every([
    actionHolds(statement, request.action),
    resourceHolds(statement, request.resource, keys),
    ...conditions.map(condition => conditionHolds(condition, keys, hasVariables)),
  ]);
}

function actionHolds({ actions, notActions }: Statement, action: string): Finding {
  return among("Action", actions, notActions, pattern => known(actionMatches(pattern, action)));
}

function resourceHolds(statement: Statement, resource: string, keys: ContextKeys): Finding {
  const { resources, notResources, hasVariables } = statement;
  // A trust policy names no resource: it is about the role that carries it.
  const isOfItsResource = namesPrincipals(statement) && resources.length + notResources.length === 0;
  if (isOfItsResource) return yes;
  return among("Resource", resources, notResources, pattern =>
    hasVariables
      ? withVariables(pattern, keys, pieces => known(matches(pieces, resource)))
      : known(matches(pattern, resource)),
  );
}

/** A statement that AWS takes has one of the two lists. */
function among(
  element: string,
  included: readonly string[],
  excluded: readonly string[],
  isMatch: (pattern: string) => Finding,
): Finding {
  if (included.length > 0 === excluded.length > 0) return unknown(element);
  return included.length > 0 ? some(included.map(isMatch)) : not(some(excluded.map(isMatch)));
}
