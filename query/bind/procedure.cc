#include "query/bind/procedure.h"

#include <optional>
#include <utility>

#include "graph/ascii.h"
#include "graph/error.h"

namespace verbale::query {
namespace {

bool IsWordByte(char c) {
  return IsAlnum(c) || c == '_' || c == '.' || static_cast<unsigned char>(c) >= 0x80;
}

/// Reads one signature from left to right.
class SignatureReader {
 public:
  explicit SignatureReader(std::string_view text) : text_(text) {}

  void Read(ProcedureEntry& entry) {
    entry.name = Word();
    entry.inputs = Fields();
    if (!TakeColons()) Fail("'::'");
    if (Peek() == '(') {
      entry.outputs = Fields();
    } else if (Word() != "VOID") {
      Fail("'VOID' or '('");
    }
    SkipSpace();
    if (at_ != text_.size()) Fail("the end");
  }

 private:
  [[noreturn]] void Fail(std::string_view expected) const {
    throw Error(ErrorCode::kSyntax, "procedure signature \"" + std::string(text_) +
                                        "\": expected " + std::string(expected) + " at byte " +
                                        std::to_string(at_));
  }

  void SkipSpace() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  }

  char Peek() {
    SkipSpace();
    return at_ < text_.size() ? text_[at_] : '\0';
  }

  bool Take(char c) {
    if (Peek() != c) return false;
    ++at_;
    return true;
  }

  bool TakeColons() {
    SkipSpace();
    if (text_.substr(at_, 2) != "::") return false;
    at_ += 2;
    return true;
  }

  std::string Word() {
    SkipSpace();
    const std::size_t begin = at_;
    while (at_ < text_.size() && IsWordByte(text_[at_])) ++at_;
    if (begin == at_) Fail("a name");
    return std::string(text_.substr(begin, at_ - begin));
  }

  std::vector<ProcedureField> Fields() {
    std::vector<ProcedureField> fields;
    if (!Take('(')) Fail("'('");
    if (Take(')')) return fields;
    do {
      fields.push_back(Field());
    } while (Take(','));
    if (!Take(')')) Fail("')'");
    return fields;
  }

  ProcedureField Field() {
    ProcedureField field;
    field.name = Word();
    if (!TakeColons()) Fail("'::'");
    field.type = Word();
    while (IsWordByte(Peek())) field.type += " " + Word();
    field.type = UpperCase(field.type);
    field.nullable = Take('?');
    return field;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

ProcedureEntry ReadProcedure(Procedure procedure) {
  ProcedureEntry entry;
  SignatureReader(procedure.signature).Read(entry);
  entry.procedure = std::move(procedure);
  return entry;
}

void ProcedureCatalog::Add(Procedure procedure) {
  auto entry = std::make_unique<ProcedureEntry>(ReadProcedure(std::move(procedure)));
  std::string name = entry->name;
  entries_.insert_or_assign(std::move(name), std::move(entry));
}

const ProcedureEntry* ProcedureCatalog::Find(std::string_view name) const {
  const auto found = entries_.find(name);
  return found == entries_.end() ? nullptr : found->second.get();
}

std::vector<const ProcedureEntry*> ProcedureCatalog::All() const {
  std::vector<const ProcedureEntry*> all;
  all.reserve(entries_.size());
  for (const auto& [name, entry] : entries_) all.push_back(entry.get());
  return all;
}

}  // namespace verbale::query
