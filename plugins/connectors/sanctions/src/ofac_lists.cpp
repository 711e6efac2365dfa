// SPDX-License-Identifier: AGPL-3.0-or-later
#include "listing.h"

#include "chrona/connect/draft_list.h"
#include "chrona/formats/csv.h"

#include <algorithm>
#include <array>
#include <format>
#include <functional>

/// The lists of the Office of Foreign Assets Control as CSV: without header, "-0-" for nothing, a
/// line with the end-of-file character of old behind the last.
namespace chrona::sanctions {
namespace {

using Fields = std::span<const std::string_view>;

constexpr std::string_view kAuthority = "OFAC SDN";

/// "-0- " is nothing.
std::string_view field(Fields fields, std::size_t index)
{
    const std::string_view text = trimmed(fields[index]);
    return text == "-0-" ? std::string_view() : text;
}

bool isNumber(std::string_view text)
{
    return !text.empty() && text.size() <= 12 &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// Hands sound rows on; the others become Rejected.
class Rows final : public formats::CsvSink {
public:
    Rows(std::size_t columns, std::size_t keys, std::vector<connect::Draft> &drafts,
         std::function<void(Fields)> sound)
        : m_columns(columns), m_keys(keys), m_drafts(drafts), m_sound(std::move(sound))
    {
    }

    void row(const formats::CsvRow &row) override
    {
        ++m_rows;
        if (row.fields.size() != m_columns)
            return reject(row.line,
                          std::format("has {} columns and not {}", row.fields.size(), m_columns));
        for (std::size_t i = 0; i < m_keys; ++i)
            if (!isNumber(field(row.fields, i)))
                return reject(row.line, std::format("column {} is not a number", i + 1));
        m_sound(row.fields);
    }

    void fault(const formats::CsvFault &fault) override
    {
        ++m_rows;
        reject(fault.line, fault.reason);
    }

    [[nodiscard]] std::size_t rows() const { return m_rows; }

private:
    void reject(std::uint64_t line, std::string_view reason)
    {
        m_drafts.emplace_back(connect::Rejected{{}, std::format("line {}: {}", line, reason)});
    }

    std::size_t m_columns, m_keys, m_rows = 0;
    std::vector<connect::Draft> &m_drafts;
    std::function<void(Fields)> m_sound;
};

struct Shape {
    std::size_t columns; ///< of every row
    std::size_t keys;    ///< how many of the first are numbers
};

Drafts readRows(std::string_view payload, Shape shape,
                const std::function<void(Fields, std::vector<connect::Draft> &)> &sound)
{
    if (payload.size() > kPayloadBytesMax)
        return fail(ErrorCode::InvalidInput, "the payload is larger than 256 MiB");
    while (!payload.empty() && std::string_view("\x1A\r\n \t").contains(payload.back()))
        payload.remove_suffix(1);
    std::vector<connect::Draft> drafts;
    Rows rows(shape.columns, shape.keys, drafts, [&](Fields fields) { sound(fields, drafts); });
    formats::CsvReader reader;
    if (auto done = reader.push(payload, rows); !done)
        return std::unexpected(done.error());
    if (auto done = reader.finish(rows); !done)
        return std::unexpected(done.error());
    // A page of HTML is CSV of one column to a reader that asks nothing.
    const bool anySound = std::ranges::any_of(drafts, [](const connect::Draft &draft) {
        return !std::holds_alternative<connect::Rejected>(draft);
    });
    if (!anySound && rows.rows() == 0)
        return fail(ErrorCode::InvalidInput, "the payload is empty");
    if (!anySound)
        return fail(ErrorCode::InvalidInput,
                    "no row is one of this list; the first: " +
                        std::get<connect::Rejected>(drafts.front()).reason);
    return drafts;
}

/// "NPWMD] [IFSR] [IRAN-CON-ARMS-EO" → "NPWMD IFSR IRAN-CON-ARMS-EO".
std::string programsOf(std::string_view text)
{
    std::string programs;
    for (const char c : text)
        if (c != '[' && c != ']')
            programs += c;
    return programs;
}

/// One of "DOB 28 Jul 1963; POB Toledo District, Belize; a.k.a. 'BURTON BURGESS'."
void readRemark(std::string_view remark, schema::Entity &subject)
{
    constexpr std::array<std::string_view, 3> kNames{"a.k.a. '", "f.k.a. '", "n.k.a. '"};
    for (const std::string_view begin : kNames)
        if (remark.starts_with(begin) && remark.ends_with('\''))
            return addAlias(subject, remark.substr(begin.size(), remark.size() - begin.size() - 1));
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kFacts{
        {{"DOB ", "date_of_birth"},
         {"POB ", "place_of_birth"},
         {"nationality ", "nationality"},
         {"Gender ", "gender"},
         {"Linked To: ", "linked_to"}}};
    for (const auto &[begin, key] : kFacts)
        if (remark.starts_with(begin))
            return connect::addText(subject.attributes, key, remark.substr(begin.size()));
    if (const auto at = remark.find("IMO "); at != std::string_view::npos) {
        const std::string_view number = remark.substr(at + 4, remark.find(' ', at + 4) - at - 4);
        if (isNumber(number))
            subject.externalIds.push_back({"imo", std::string(number)});
    }
}

void readRemarks(std::string_view remarks, schema::Entity &subject)
{
    connect::addText(subject.attributes, "remarks", remarks);
    if (remarks.ends_with('.'))
        remarks.remove_suffix(1);
    while (!remarks.empty()) {
        const auto end = std::min(remarks.find(';'), remarks.size());
        readRemark(trimmed(remarks.substr(0, end)), subject);
        remarks.remove_prefix(std::min(end + 1, remarks.size()));
    }
}

/// A list is published as a whole and dates no row: when it was published is the best there is.
schema::FactTimes timesOf(const connect::RawItem &item)
{
    schema::FactTimes times;
    times.observedAt = item.publishedAt.value_or(item.fetchedAt);
    times.publishedAt = item.publishedAt;
    return times;
}

Listing sdnListing(Fields fields, const connect::RawItem &item)
{
    constexpr std::array<std::string_view, 12> kKeys{"",
                                                     "",
                                                     "sdn_type",
                                                     "",
                                                     "title",
                                                     "call_sign",
                                                     "vessel_type",
                                                     "tonnage",
                                                     "grt",
                                                     "vessel_flag",
                                                     "vessel_owner",
                                                     ""};
    const std::string number(field(fields, 0));
    Listing listing;
    schema::Entity &subject = listing.subject;
    subject.key = "ofac:" + number;
    subject.name = field(fields, 1);
    const bool isPerson = field(fields, 2) == "individual";
    subject.kind = isPerson ? schema::EntityKind::Person : schema::EntityKind::Organization;
    subject.externalIds.push_back({"ofac", number});
    for (std::size_t i = 0; i < kKeys.size(); ++i)
        if (!kKeys[i].empty())
            connect::addText(subject.attributes, kKeys[i], field(fields, i));
    readRemarks(field(fields, 11), subject);
    listing.reference = number;
    listing.authority = kAuthority;
    listing.programs = programsOf(field(fields, 3));
    listing.times = timesOf(item);
    return listing;
}

/// Rows of the other files say more of a subject that SDN.CSV names. Each is an entity of its own
/// that points to it, so that a snapshot of one file never overwrites what another says.
schema::Entity partOf(std::string_view subject, std::string_view part, std::string_view scheme)
{
    schema::Entity entity;
    entity.key = std::format("{}:{}", scheme, part);
    entity.externalIds.push_back({std::string(scheme), std::string(part)});
    connect::addText(entity.attributes, "subject", "ofac:" + std::string(subject));
    connect::addText(entity.attributes, "listed_by", kAuthority);
    return entity;
}

} // namespace

Drafts readOfacSdn(const connect::RawItem &item)
{
    return readRows(item.payload, {12, 1}, [&item](Fields fields, auto &drafts) {
        appendDrafts(sdnListing(fields, item), drafts);
    });
}

Drafts readOfacAddresses(const connect::RawItem &item)
{
    return readRows(item.payload, {6, 2}, [](Fields fields, auto &drafts) {
        schema::Entity place = partOf(field(fields, 0), field(fields, 1), "ofac-address");
        place.kind = schema::EntityKind::Location;
        for (std::size_t i = 2; i < 5; ++i)
            if (const auto part = field(fields, i); !part.empty())
                place.name += (place.name.empty() ? "" : ", ") + std::string(part);
        place.name = connect::cutText(place.name.empty() ? "address not stated" : place.name, 500);
        connect::addText(place.attributes, "address", field(fields, 2));
        connect::addText(place.attributes, "city", field(fields, 3));
        connect::addText(place.attributes, "country", field(fields, 4));
        connect::addText(place.attributes, "remarks", field(fields, 5));
        drafts.push_back(connect::checkedDraft(std::move(place)));
    });
}

Drafts readOfacNames(const connect::RawItem &item)
{
    return readRows(item.payload, {5, 2}, [](Fields fields, auto &drafts) {
        schema::Entity other = partOf(field(fields, 0), field(fields, 1), "ofac-name");
        other.name = connect::cutText(field(fields, 3), 500);
        other.aliases = {other.name};
        connect::addText(other.attributes, "alias_type", field(fields, 2));
        connect::addText(other.attributes, "remarks", field(fields, 4));
        drafts.push_back(connect::checkedDraft(std::move(other)));
    });
}

Drafts readOfacComments(const connect::RawItem &item)
{
    return readRows(item.payload, {2, 1}, [](Fields fields, auto &drafts) {
        schema::Entity more = partOf(field(fields, 0), field(fields, 0), "ofac-comment");
        more.name = "Remarks on OFAC " + std::string(field(fields, 0));
        readRemarks(field(fields, 1), more);
        drafts.push_back(connect::checkedDraft(std::move(more)));
    });
}

} // namespace chrona::sanctions
