#pragma once

// The door of graph/algorithms: functions over a projection of a graph, a family a header.

#include "graph/algorithms/centrality.h"
#include "graph/algorithms/communities.h"
#include "graph/algorithms/components.h"
#include "graph/algorithms/layout.h"
#include "graph/algorithms/paths.h"
#include "graph/algorithms/projection.h"
#include "graph/algorithms/similarity.h"
#include "graph/algorithms/work.h"
