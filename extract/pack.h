#pragma once

#include "extract/extract.h"
#include "extract/resolve/compiled_pack.h"

namespace verbale::extract {

/// What stands behind the door's Pack.
class LoadedPack final : public Pack {
 public:
  explicit LoadedPack(PackData data) : compiled_(std::move(data)) {}
  /// `base` with another rule in place of number `number`; see CompiledPack.
  LoadedPack(const LoadedPack& base, std::uint32_t number, Rule rule)
      : compiled_(base.compiled_, number, std::move(rule)) {}

  const std::string& name() const override { return compiled_.data.name; }
  const std::string& hash() const override { return compiled_.data.hash; }
  std::vector<graph::Entity> FindEntities(std::string_view name,
                                          std::string_view label) const override;
  std::vector<std::string> RuleIds() const override;
  std::string DescribeRule(std::string_view id, bool expanded) const override;

  const CompiledPack& compiled() const { return compiled_; }

 private:
  CompiledPack compiled_;
};

}  // namespace verbale::extract
