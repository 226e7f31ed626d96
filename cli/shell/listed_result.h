#pragma once

#include <memory>
#include <string>
#include <vector>

#include "query/query.h"

namespace verbale::cli {

/// Rows that no statement made: commands of the shell show them in every mode.
class ListedResult : public query::Result {
 public:
  ListedResult(const std::vector<std::string>& header,
               const std::vector<std::vector<graph::Value>>& rows,
               std::shared_ptr<const graph::View> view)
      : rows_(rows), view_(std::move(view)) {
    for (const std::string& name : header) columns_.push_back({name});
  }

  const std::vector<query::Column>& columns() const override { return columns_; }
  std::optional<std::span<const graph::Value>> Next() override {
    if (next_ == rows_.size()) return std::nullopt;
    return rows_[next_++];
  }
  const graph::WriteCounts& counts() const override { return counts_; }
  const graph::View& view() const override { return *view_; }
  const query::PlanNode* plan() const override { return nullptr; }
  const std::vector<query::Notification>& notifications() const override { return notifications_; }
  std::span<const graph::RelRef> why() const override { return {}; }

 private:
  std::vector<query::Column> columns_;
  const std::vector<std::vector<graph::Value>>& rows_;  // borrowed
  std::size_t next_ = 0;
  std::shared_ptr<const graph::View> view_;
  graph::WriteCounts counts_;
  std::vector<query::Notification> notifications_;
};

}  // namespace verbale::cli
