#include "query/bind/bound.h"

#include <algorithm>

#include "query/functions/registry.h"

namespace verbale::query {

bool IsDeterministic(const BoundExprPtr& expr) {
  if (!expr) return true;
  if (expr->kind == BoundKind::kCall && !expr->function->deterministic) return false;
  return std::all_of(expr->args.begin(), expr->args.end(), IsDeterministic);
}

BoundExprPtr MakeSlotExpr(Slot slot, ByteSpan span) {
  auto expr = std::make_shared<BoundExpr>();
  expr->kind = BoundKind::kSlot;
  expr->slot = slot;
  expr->span = span;
  return expr;
}

}  // namespace verbale::query
