// What proves a relationship. Relationships that people created by hand have no evidence.

#include <string>

#include "graph/fact.h"
#include "query/functions/define.h"
#include "query/functions/errors.h"

namespace verbale::query {
namespace {

using graph::EvidenceRecord;
using graph::List;
using graph::Value;
using graph::ValueType;

constexpr std::string_view kCategory = "Evidence";

graph::RelNo LivingRel(const Value& v, const FunctionContext& context, std::string_view function) {
  if (!v.is_rel()) {
    ThrowType(std::string(function) + "() takes a relationship, not " + Describe(v));
  }
  if (!context.view->Exists(v.as_rel().no)) ThrowDeleted("relationship");
  return v.as_rel().no;
}

Value ToMap(const EvidenceRecord& record) {
  const auto text = [](const std::string& s) { return s.empty() ? Value() : Value(s); };
  return Value::OfMap({
      {"document", Value(record.document)},
      {"section", text(record.section)},
      {"sentence", Value(record.sentence)},
      {"start", Value(static_cast<std::int64_t>(record.span.begin))},
      {"end", Value(static_cast<std::int64_t>(record.span.end))},
      {"rule", Value(record.rule)},
      {"date", text(record.date)},
      {"path", text(record.path)},
      {"modality", Value(graph::Name(record.modality))},
      {"attributes", Value::OfMap(record.attributes)},
  });
}

Value Evidence(Args args, const FunctionContext& context) {
  List records;
  for (const auto& record : context.view->Evidence(LivingRel(args[0], context, "evidence"))) {
    records.push_back(ToMap(record));
  }
  return Value(std::move(records));
}

Value Support(Args args, const FunctionContext& context) {
  return Value(std::int64_t{context.view->Support(LivingRel(args[0], context, "support"))});
}

Value Quote(Args args, const FunctionContext& context) {
  const auto records = context.view->Evidence(LivingRel(args[0], context, "quote"));
  return records.empty() ? Value() : Value(records.front().sentence);
}

// "A/72/315, Canada (2016)": document, section and date of the strongest piece.
Value Source(Args args, const FunctionContext& context) {
  const auto records = context.view->Evidence(LivingRel(args[0], context, "source"));
  if (records.empty()) return Value();
  const EvidenceRecord& first = records.front();
  std::string text = first.document;
  if (!first.section.empty()) text += ", " + first.section;
  if (!first.date.empty()) text += " (" + first.date + ")";
  return Value(text);
}

Value ModalityOf(Args args, const FunctionContext& context) {
  const auto records = context.view->Evidence(LivingRel(args[0], context, "modality"));
  return Value(records.empty() ? "manual" : graph::Name(records.front().modality));
}

template <Value (*F)(Args, const FunctionContext&)>
Function Row(std::string_view name, TypeSet result, std::string_view description) {
  return {.name = name,
          .min_args = 1,
          .max_args = 1,
          .arguments = kRelArg,
          .result = result,
          .call = Strict<F>,
          .reads_graph = true,
          .category = kCategory,
          .description = description};
}

}  // namespace

std::span<const Function> EvidenceFunctions() {
  static const Function table[] = {
      Row<Evidence>("evidence", ValueType::kList,
                    "All evidence of a relationship, strongest first, as maps."),
      Row<Support>("support", ValueType::kInt, "How many pieces of evidence a relationship has."),
      Row<Quote>("quote", ValueType::kString, "The sentence that proves a relationship best."),
      Row<Source>("source", ValueType::kString,
                  "Document, section and date of the sentence that proves a relationship best."),
      Row<ModalityOf>(
          "modality", ValueType::kString,
          "How a relationship is said: asserted, planned, …; manual where a person made "
          "it."),
  };
  return table;
}

}  // namespace verbale::query
