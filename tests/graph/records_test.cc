// Keys and records: there and back, order, and garbage.

#include "graph/store/records.h"

#include <cmath>
#include <functional>
#include <limits>
#include <random>

#include <gtest/gtest.h>

#include "graph/error.h"
#include "graph/store/coding.h"
#include "graph/store/keys.h"

namespace verbale::graph::store {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();

std::vector<Value> SampleValues() {
  constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
  constexpr std::int64_t kBig = std::int64_t{1} << 53;
  std::vector<Value> values = {Value(),
                               Value(true),
                               Value(false),
                               Value(std::nan("")),
                               Value(0.0),
                               Value(-0.0),
                               Value(kInf),
                               Value(-kInf),
                               Value(1e300),
                               Value(-1.5),
                               Value(0.5),
                               Value(9223372036854775808.0),
                               Value(-9223372036854775808.0),
                               Value(9007199254740992.0)};
  for (const std::int64_t i :
       {kMin, kMin + 1, -kBig - 1, -kBig, std::int64_t{-1}, std::int64_t{0}, std::int64_t{1},
        kBig - 1, kBig, kBig + 1, kMax - 512, kMax - 1, kMax}) {
    values.emplace_back(i);
  }
  for (const char* s : {"", "a", "ab", "b", "\xC3\xA9", "longer than what stands inline"}) {
    values.emplace_back(s);
  }
  values.emplace_back(std::string_view("a\0b", 3));
  values.emplace_back(std::string_view("a\0", 2));
  for (const std::int64_t days :
       {std::int64_t{-365'000'000'000}, std::int64_t{-1}, std::int64_t{0}, std::int64_t{16'000}}) {
    values.emplace_back(Date{days});
    values.emplace_back(LocalDateTime{days, 5});
    values.emplace_back(DateTime{days, 0, 3600, ""});
    values.emplace_back(DateTime{days, 0, 3600, "Europe/Stockholm"});
    values.emplace_back(DateTime{days, 0, -3600, ""});
    values.emplace_back(Duration{days, 3, -4, 999'999'999});
    values.emplace_back(Duration{0, days, 4, 0});
  }
  values.emplace_back(LocalTime{0});
  values.emplace_back(LocalTime{86'399'999'999'999});
  values.emplace_back(Time{3'600'000'000'000, 3600});
  values.emplace_back(Time{0, 0});
  values.emplace_back(Time{0, 7200});
  values.emplace_back(List{});
  values.emplace_back(List{Value(1)});
  values.emplace_back(List{Value(1), Value("x")});
  values.emplace_back(List{Value(1.5), Value()});
  return values;
}

TEST(Value, ComesBackFromItsBytes) {
  std::vector<Value> values = SampleValues();
  values.push_back(Value::OfMap({{"k", Value(List{Value(1)})}, {"a", Value("v")}}));
  for (const Value& value : values) {
    std::string bytes;
    AppendValue(bytes, value);
    ByteReader reader(bytes, "value");
    const Value back = reader.Value();
    EXPECT_TRUE(reader.AtEnd());
    EXPECT_EQ(back.type(), value.type());
    EXPECT_TRUE(Equivalent(back, value));
  }
}

TEST(Value, BytesOrderAsValues) {
  const std::vector<Value> values = SampleValues();
  for (const Value& a : values) {
    for (const Value& b : values) {
      std::string x, y;
      AppendOrdered(x, a);
      AppendOrdered(y, b);
      const auto want = TotalOrder(a, b);
      EXPECT_EQ(x.compare(y) <=> 0, want);
      if (want != 0) {
        EXPECT_FALSE(x.starts_with(y) || y.starts_with(x));
      }
    }
  }
}

TEST(Value, NodesAndDeepNestingAreNotStored) {
  std::string bytes;
  EXPECT_THROW(AppendValue(bytes, Value(NodeRef{})), Error);
  Value deep(List{});
  for (int i = 0; i < 100; ++i) deep = Value(List{deep});
  EXPECT_THROW(AppendValue(bytes, deep), Error);
}

TEST(Keys, ComeBackAndOrder) {
  const NodeId a{1}, b{0xFFFF'FFFF'FFFF'FFFF};
  const RelKey rel{a, RelId{7}};
  EXPECT_LT(NodeKey(a, RecordLayer::kManual), NodeKey(b, RecordLayer::kDerived));
  EXPECT_EQ(ParseNodeKey(NodeKey(b, RecordLayer::kManual)).node, b);
  EXPECT_EQ(ParseRelKey(RelRecordKey(rel, RecordLayer::kManual)).rel, rel);
  const AdjacencyParts adjacency = ParseAdjacencyKey(AdjacencyKey(a, TypeId{3}, b, RelId{9}));
  EXPECT_EQ(adjacency.near, a);
  EXPECT_EQ(adjacency.type, TypeId{3});
  EXPECT_EQ(adjacency.far, b);
  EXPECT_EQ(adjacency.rel, RelId{9});
  const EvidenceKeyParts evidence{rel, DocId{5}, {10, 20}, 77};
  EXPECT_EQ(ParseEvidenceKey(EvidenceKey(evidence)), evidence);
  EXPECT_TRUE(EvidenceKey(evidence).starts_with(EvidencePrefix(rel)));
  EXPECT_EQ(ParseSaidByKey(SaidByKey(a, 4, DocId{5})), DocId{5});
  EXPECT_EQ(ParseSayingKey(SayingKey(b, 4)).node, b);
  EXPECT_EQ(Partition(Space::kOut, AdjacencyKey(b, TypeId{3}, a, RelId{9})), NodePrefix(b));
}

EvidenceRecord SampleEvidence() {
  EvidenceRecord evidence;
  evidence.section = "Canada";
  evidence.date = "2017-05";
  evidence.span = {100, 180};
  evidence.sentence = "It ratified the Convention.";
  evidence.rule = "ratified.active";
  evidence.modality = Modality::kPlanned;
  evidence.attributes = {{"date", Value("2015-07")}};
  return evidence;
}

TEST(Records, ComeBackFromTheirBytes) {
  const DerivedNode node{LabelId{2}, "Canada", {{KeyId{1}, Value("Canada")}}};
  EXPECT_EQ(Encode(DecodeDerivedNode(Encode(node))), Encode(node));
  const ManualNode manual{true,
                          false,
                          "ada",
                          {LabelId{1}},
                          {LabelId{2}, LabelId{9}},
                          {{KeyId{1}, Value()}, {KeyId{200}, Value(5)}}};
  EXPECT_EQ(Encode(DecodeManualNode(Encode(manual))), Encode(manual));
  const DerivedRel rel{TypeId{2}, NodeId{99}, 3, {{KeyId{1}, Value(2)}}};
  EXPECT_EQ(Encode(DecodeDerivedRel(Encode(rel))), Encode(rel));
  const ManualRel manual_rel{false, true, "ada", TypeId{2}, NodeId{99}, {}};
  EXPECT_EQ(Encode(DecodeManualRel(Encode(manual_rel))), Encode(manual_rel));
  const DocStatements list{{EvidenceKeyParts{{NodeId{1}, RelId{3}}, DocId{5}, {10, 20}, 77}},
                           {{NodeId{1}, 2}, {NodeId{2}, 1}}};
  EXPECT_EQ(Encode(DecodeDocStatements(Encode(list), DocId{5})), Encode(list));
  const SchemaItem item{"i", SchemaKind::kType, true, "KNOWS", {"a", "b"}, "STRING"};
  EXPECT_EQ(Encode(DecodeSchemaItem(Encode(item))), Encode(item));
  const Changes changes{{NodeId{1}, NodeId{2}}, {{NodeId{1}, RelId{3}}}, true};
  EXPECT_EQ(Encode(DecodeChanges(Encode(changes))), Encode(changes));
  EXPECT_EQ(Encode(DecodeEvidence(Encode(SampleEvidence()))), Encode(SampleEvidence()));
  const ReadingRecord reading{"RATIFIED", SampleEvidence()};
  EXPECT_EQ(Encode(DecodeReading(Encode(reading))), Encode(reading));
  const Entity entity{
      "State", "Canada", "state:canada", {"CA", "Dominion"}, {{"iso2", Value("CA")}}};
  EXPECT_EQ(Encode(DecodeEntity(Encode(entity))), Encode(entity));
}

struct Decoder {
  std::string name;
  std::string sample;
  std::function<void(std::string_view)> decode;
};

std::vector<Decoder> Decoders() {
  const DerivedNode node{LabelId{2}, "Canada", {{KeyId{1}, Value(List{Value("x"), Value(1.5)})}}};
  const ManualNode manual{true, false, "ada", {LabelId{1}}, {}, {{KeyId{1}, Value()}}};
  const DerivedRel rel{TypeId{2}, NodeId{99}, 3, {{KeyId{1}, Value(Date{4})}}};
  const Changes changes{{NodeId{1}, NodeId{2}}, {{NodeId{1}, RelId{3}}}, true};
  const std::vector<SectionRecord> sections(3);
  return {
      {"node", Encode(node), [](auto b) { DecodeDerivedNode(b); }},
      {"manual node", Encode(manual), [](auto b) { DecodeManualNode(b); }},
      {"rel", Encode(rel), [](auto b) { DecodeDerivedRel(b); }},
      {"manual rel", Encode(ManualRel{}), [](auto b) { DecodeManualRel(b); }},
      {"statements", Encode(DocStatements{{EvidenceKeyParts{}}, {SayingParts{}}}),
       [](auto b) { DecodeDocStatements(b, DocId{5}); }},
      {"counters", Encode(Counters{}), [](auto b) { DecodeCounters(b); }},
      {"changes", Encode(changes), [](auto b) { DecodeChanges(b); }},
      {"schema", Encode(SchemaItem{}), [](auto b) { DecodeSchemaItem(b); }},
      {"evidence", Encode(SampleEvidence()), [](auto b) { DecodeEvidence(b); }},
      {"reading", Encode(ReadingRecord{"T", SampleEvidence()}), [](auto b) { DecodeReading(b); }},
      {"entity", Encode(Entity{}), [](auto b) { DecodeEntity(b); }},
      {"document", Encode(DocumentRecord{}), [](auto b) { DecodeDocument(b); }},
      {"sections", Encode(sections), [](auto b) { DecodeSections(b); }},
      {"node key", NodeKey(NodeId{1}, RecordLayer::kManual), [](auto b) { ParseNodeKey(b); }},
      {"evidence key", EvidenceKey({}), [](auto b) { ParseEvidenceKey(b); }},
  };
}

// Decodes, and lets nothing but Error(kCorruption) out. True where it decoded.
bool Decodes(const Decoder& decoder, std::string_view bytes) {
  try {
    decoder.decode(bytes);
    return true;
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kCorruption) << decoder.name;
    return false;
  }
}

TEST(Records, GarbageIsCorruption) {
  std::mt19937 random(11);
  for (const Decoder& decoder : Decoders()) {
    ASSERT_TRUE(Decodes(decoder, decoder.sample)) << decoder.name;
    EXPECT_FALSE(Decodes(decoder, decoder.sample + "x")) << decoder.name;
    for (std::size_t size = 0; size < decoder.sample.size(); ++size) {
      EXPECT_FALSE(Decodes(decoder, std::string_view(decoder.sample).substr(0, size)))
          << decoder.name << " cut to " << size;
    }
    for (int i = 0; i < 3000; ++i) {
      std::string bytes = decoder.sample;
      bytes[random() % bytes.size()] ^= static_cast<char>(1 + random() % 255);
      Decodes(decoder, bytes);
      std::string noise(random() % 60, '\0');
      for (char& c : noise) c = static_cast<char>(random());
      Decodes(decoder, "\x01" + noise);
    }
  }
}

}  // namespace
}  // namespace verbale::graph::store
