// SPDX-License-Identifier: AGPL-3.0-or-later
#include "event_table.h"

#include "chrona/formats/period.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <format>
#include <optional>
#include <vector>

namespace chrona::gdelt {
namespace {

using connect::DraftList;

constexpr std::size_t kLineBytesMax = 64 << 10;
constexpr std::size_t kLinesMax = 1'000'000;

/// Where a column stands in each version; 2.0 has one more in each of three places.
struct Columns {
    std::size_t placeType, placeName, country, region, latitude, longitude, added, url, width;
};
constexpr Columns kOne{49, 50, 51, 52, 53, 54, 56, 57, 58};
constexpr Columns kTwo{51, 52, 53, 54, 56, 57, 59, 60, 61};
// The same in both.
constexpr std::size_t kId = 0, kDay = 1, kFirstActor = 6, kSecondActor = 16, kIsRoot = 25,
                      kCode = 26, kRoot = 28, kQuadClass = 29, kGoldstein = 30, kMentions = 31,
                      kSources = 32, kArticles = 33, kTone = 34;

/// What the twenty roots of the CAMEO scheme are about, in our words.
constexpr std::array<std::string_view, 20> kActions{"statement",
                                                    "appeal",
                                                    "intent to cooperate",
                                                    "consultation",
                                                    "diplomatic cooperation",
                                                    "material cooperation",
                                                    "aid",
                                                    "concession",
                                                    "investigation",
                                                    "demand",
                                                    "disapproval",
                                                    "rejection",
                                                    "threat",
                                                    "protest",
                                                    "show of force",
                                                    "reduced relations",
                                                    "coercion",
                                                    "assault",
                                                    "fighting",
                                                    "mass violence"};

using Fields = std::vector<std::string_view>;

std::optional<int> integer(std::string_view text)
{
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(value)
                                                                    : std::nullopt;
}

schema::EventType typeOf(int root)
{
    if (root == 14)
        return schema::EventType::Protest;
    if (root >= 18)
        return schema::EventType::Conflict;
    return schema::EventType::News;
}

/// "20260105" and "20260105134500".
std::optional<Instant> stampOf(std::string_view text)
{
    if (text.size() != 8 && text.size() != 14)
        return std::nullopt;
    std::string spread =
        std::format("{}-{}-{}", text.substr(0, 4), text.substr(4, 2), text.substr(6, 2));
    if (text.size() == 14)
        spread += std::format("T{}:{}:{}Z", text.substr(8, 2), text.substr(10, 2), text.substr(12));
    const auto at = parseInstant(spread);
    return at ? std::optional(*at) : std::nullopt;
}

std::string titleOf(const Fields &fields, int root, std::string_view place)
{
    std::string title(fields[kFirstActor]);
    const std::string_view second = fields[kSecondActor];
    if (!second.empty())
        title += (title.empty() ? "" : " → ") + std::string(second);
    title += (title.empty() ? "" : ": ") + std::string(kActions[std::size_t(root - 1)]);
    return place.empty() ? title : std::format("{} ({})", title, place);
}

void setPlace(schema::Event &event, const Fields &fields, const Columns &columns)
{
    const auto latitude = formats::parseNumber(fields[columns.latitude]);
    const auto longitude = formats::parseNumber(fields[columns.longitude]);
    if (latitude && longitude) {
        event.geometry.kind = schema::Geometry::Kind::Point;
        event.geometry.points = {{.longitude = *longitude, .latitude = *latitude}};
    }
    const std::string_view country = countryOfFips(fields[columns.country]);
    event.region = country;
    // Of the United States the code of the state is its usual one.
    const std::string_view region = fields[columns.region];
    if (country == "US" && region.size() == 4)
        event.region = std::format("US-{}", region.substr(2));
}

void setNumbers(schema::Event &event, const Fields &fields)
{
    const auto count = [&](std::string_view key, std::size_t column) {
        if (const auto number = integer(fields[column]))
            schema::set(event.attributes, key, std::int64_t(*number));
    };
    count("mentions", kMentions);
    count("sources", kSources);
    count("articles", kArticles);
    count("quad_class", kQuadClass);
    if (const auto tone = formats::parseNumber(fields[kTone]))
        schema::set(event.attributes, "tone", *tone);
    if (const auto scale = formats::parseNumber(fields[kGoldstein]);
        scale && std::abs(*scale) <= 10) {
        schema::set(event.attributes, "goldstein", *scale);
        event.severity = static_cast<float>(std::max(0., -*scale / 10));
    }
}

void readLine(DraftList &list, const Fields &fields, const Columns &columns)
{
    const std::string id(fields[kId]);
    const auto day = stampOf(fields[kDay]);
    const auto added = stampOf(fields[columns.added]);
    const auto root = integer(fields[kRoot]);
    if (id.empty() || !day)
        return list.reject(id, "the event has no id or no day");
    if (!root || *root < 1 || *root > 20)
        return list.reject(id, "the root of the event's code is unknown");
    schema::Event event;
    event.type = typeOf(*root);
    event.sourceRef = "gdelt:" + id;
    event.title = titleOf(fields, *root, fields[columns.placeName]);
    event.times.observedAt = *day;
    event.times.publishedAt = added;
    if (added)
        event.times.basis = schema::AvailabilityBasis::Stated;
    // A machine read it from a headline; more sources make it likelier.
    const int sources = integer(fields[kSources]).value_or(1);
    event.confidence = sources >= 3 ? 0.7F : 0.4F;
    setPlace(event, fields, columns);
    setNumbers(event, fields);
    schema::set(event.attributes, "cameo_code", std::string(fields[kCode]));
    schema::set(event.attributes, "is_root", fields[kIsRoot] == "1");
    if (fields.size() > columns.url && fields[columns.url].starts_with("http"))
        event.url = fields[columns.url];
    list.event(std::move(event));
}

} // namespace

std::string_view countryOfFips(std::string_view code)
{
    constexpr std::string_view kPairs =
        "AE AE AF AF AG DZ AJ AZ AL AL AM AM AO AO AR AR AS AU AU AT BA BH BE BE BG BD BK BA BL BO "
        "BM MM BO BY BR BR BU BG CA CA CB KH CD TD CF CG CG CD CH CN CI CL CM CM CO CO CS CR CU CU "
        "CY CY DA DK DR DO EC EC EG EG EI IE EN EE ER ER ES SV ET ET EZ CZ FI FI FR FR GG GE GH GH "
        "GM DE GR GR GT GT GV GN HA HT HK HK HO HN HR HR HU HU IC IS ID ID IN IN IR IR IS IL IT IT "
        "IV CI IZ IQ JA JP JM JM JO JO KE KE KG KG KN KP KS KR KU KW KV XK KZ KZ LA LA LE LB LG LV "
        "LH LT LI LR LO SK LU LU LY LY MA MG MD MD MG MN MI MW MJ ME MK MK ML ML MO MA MU OM MX MX "
        "MY MY MZ MZ NG NE NI NG NL NL NO NO NP NP NU NI NZ NZ PA PY PE PE PK PK PL PL PM PA PO PT "
        "PP PG QA QA RI RS RO RO RP PH RS RU RW RW SA SA SF ZA SG SN SI SI SL SL SN SG SO SO SP ES "
        "SU SD SW SE SY SY SZ CH TD TT TH TH TI TJ TS TN TU TR TW TW TX TM TZ TZ UG UG UK GB UP UA "
        "US US UV BF UY UY UZ UZ VE VE VM VN WA NA YM YE ZA ZM ZI ZW ";
    if (code.size() == 2)
        for (std::size_t at = 0; at + 6 <= kPairs.size(); at += 6)
            if (kPairs.substr(at, 2) == code)
                return kPairs.substr(at + 3, 2);
    return {};
}

Result<std::vector<connect::Draft>> readEventTable(std::string_view text, TableVersion version)
{
    const Columns &columns = version == TableVersion::One ? kOne : kTwo;
    if (text.find_first_not_of(" \r\n") == std::string_view::npos)
        return fail(ErrorCode::InvalidInput, "the payload is empty");
    if (!text.substr(0, text.find('\n')).contains('\t'))
        return fail(ErrorCode::InvalidInput, "the payload is no table: it has no tabs");
    DraftList list;
    Fields fields;
    for (std::size_t number = 1; !text.empty(); ++number) {
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (line.empty())
            continue;
        if (number > kLinesMax || line.size() > kLineBytesMax)
            return fail(ErrorCode::InvalidInput, "the table has lines without end");
        fields.clear();
        for (std::size_t begin = 0; begin <= line.size();) {
            const std::size_t end = std::min(line.find('\t', begin), line.size());
            fields.push_back(line.substr(begin, end - begin));
            begin = end + 1;
        }
        const bool early = version == TableVersion::One && fields.size() == columns.width - 1;
        if (fields.size() != columns.width && !early)
            list.reject(std::format("line {}", number),
                        std::format("it has {} columns and not {}", fields.size(), columns.width));
        else
            readLine(list, fields, columns);
    }
    return list.take();
}

} // namespace chrona::gdelt
