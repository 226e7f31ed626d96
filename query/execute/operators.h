#pragma once

// Makers of operators, one file each. Private to execute/; build.cc calls them.

#include "query/execute/operator.h"
#include "query/plan/logical_plan.h"

namespace verbale::query {

OperatorPtr MakeStart(const OuterRows* outer);
/// `part`: nullptr for all of it.
OperatorPtr MakeNodeScan(const LogicalNodeScan& op, const ScanPart* part);
OperatorPtr MakeRelScan(const LogicalRelScan& op, const ScanPart* part);
OperatorPtr MakeIndexSeek(const LogicalIndexSeek& op, const LogicalPlan& plan);
OperatorPtr MakeRelEnds(const LogicalRelEnds& op);

OperatorPtr MakeExpand(const LogicalExpand& op);
OperatorPtr MakeExpandInto(const LogicalExpand& op);
OperatorPtr MakeVarExpand(const LogicalVarExpand& op, const LogicalPlan& plan);
OperatorPtr MakeReach(const LogicalVarExpand& op, const LogicalPlan& plan);
OperatorPtr MakeRelListWalk(const LogicalRelListWalk& op);
OperatorPtr MakeRepeat(const LogicalRepeat& op, OuterRowsPtr outer);
OperatorPtr MakeShortestPath(const LogicalShortestPath& op, const LogicalPlan& plan);
OperatorPtr MakeSelectPaths(const LogicalSelectPaths& op);
OperatorPtr MakeIntersect(const LogicalIntersect& op);
OperatorPtr MakeCountIntersect(const LogicalIntersect& op);
OperatorPtr MakeCountWalks(const LogicalCountWalks& op, const LogicalPlan& plan);
OperatorPtr MakePath(const LogicalPath& op);

OperatorPtr MakeFilter(const LogicalFilter& op, const LogicalPlan& plan);
OperatorPtr MakeProject(const LogicalProject& op, const LogicalPlan& plan);
OperatorPtr MakeAggregate(const LogicalAggregate& op, const LogicalPlan& plan);
/// One or more copies of the input, each with its part.
OperatorPtr MakeParts(std::vector<ScanPartPtr> parts);
OperatorPtr MakeDistinct(const LogicalDistinct& op);
OperatorPtr MakeSort(const LogicalSort& op, const LogicalPlan& plan);
OperatorPtr MakeSkip(const LogicalSkip& op, const LogicalPlan& plan);
OperatorPtr MakeLimit(const LogicalLimit& op, const LogicalPlan& plan);
OperatorPtr MakeUnwind(const LogicalUnwind& op, const LogicalPlan& plan);
OperatorPtr MakeUnion(const LogicalUnion& op);
OperatorPtr MakeOptional(const LogicalOptional& op, OuterRowsPtr outer);
OperatorPtr MakeApply(const LogicalApply& op, const LogicalPlan& plan, OuterRowsPtr outer);
OperatorPtr MakeCall(const LogicalCall& op, const LogicalPlan& plan);
OperatorPtr MakeLoadCsv(const LogicalLoadCsv& op, const LogicalPlan& plan);

OperatorPtr MakeCreate(const LogicalCreate& op, const LogicalPlan& plan);
OperatorPtr MakeMerge(const LogicalMerge& op, const LogicalPlan& plan, OuterRowsPtr outer);
OperatorPtr MakeSet(const LogicalSet& op, const LogicalPlan& plan);
OperatorPtr MakeRemoveLabels(const LogicalRemoveLabels& op, const LogicalPlan& plan);
OperatorPtr MakeDelete(const LogicalDelete& op, const LogicalPlan& plan);
OperatorPtr MakeForeach(const LogicalForeach& op, const LogicalPlan& plan, OuterRowsPtr outer);
OperatorPtr MakeSchema(const LogicalSchema& op);

}  // namespace verbale::query
