// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers.h"

#include "chrona/formats/csv.h"
#include "chrona/formats/period.h"
#include "chrona/formats/zip.h"

#include <array>
#include <charconv>
#include <format>
#include <limits>
#include <map>

namespace chrona::statcan {
namespace {

using connect::DraftList;
using schema::Frequency;

constexpr std::size_t kDraftsMax = 4'000'000;

struct Named {
    std::string_view name, code;
};
/// The Standard Geographical Classification's numbers of provinces, to ISO 3166-2.
constexpr std::array<Named, 13> kProvinces{{{"10", "CA-NL"},
                                            {"11", "CA-PE"},
                                            {"12", "CA-NS"},
                                            {"13", "CA-NB"},
                                            {"24", "CA-QC"},
                                            {"35", "CA-ON"},
                                            {"46", "CA-MB"},
                                            {"47", "CA-SK"},
                                            {"48", "CA-AB"},
                                            {"59", "CA-BC"},
                                            {"60", "CA-YT"},
                                            {"61", "CA-NT"},
                                            {"62", "CA-NU"}}};
constexpr std::array<Named, 9> kScales{{{"units", "0"},
                                        {"tens", "1"},
                                        {"hundreds", "2"},
                                        {"thousands", "3"},
                                        {"tens of thousands", "4"},
                                        {"hundreds of thousands", "5"},
                                        {"millions", "6"},
                                        {"billions", "9"},
                                        {"trillions", "12"}}};

/// "2016A000235": year, type of area, then its number. 0000 is the country, 0002 a province.
std::string regionOf(std::string_view dguid)
{
    if (dguid.size() < 10)
        return {};
    const std::string_view kind = dguid.substr(4, 5), number = dguid.substr(9);
    if (kind == "A0000")
        return "CA";
    if (kind == "A0002")
        for (const Named &province : kProvinces)
            if (province.name == number)
                return std::string(province.code);
    return {};
}

std::string_view trimmed(std::string_view text)
{
    const std::size_t begin = text.find_first_not_of(' ');
    const std::size_t end = text.find_last_not_of(' ');
    return begin == std::string_view::npos ? std::string_view()
                                           : text.substr(begin, end - begin + 1);
}

Frequency frequencyFrom(std::string_view word)
{
    constexpr std::array<std::pair<std::string_view, Frequency>, 5> kWords{
        {{"Daily", Frequency::Day},
         {"Weekly", Frequency::Week},
         {"Monthly", Frequency::Month},
         {"Quarterly", Frequency::Quarter},
         {"Annual", Frequency::Year}}};
    for (const auto &[name, frequency] : kWords)
        if (name == word)
            return frequency;
    return Frequency::Irregular;
}

/// Reads the rows of a table as they come.
class TableSink final : public formats::CsvSink {
public:
    TableSink(DraftList &list, std::optional<Frequency> frequency)
        : m_list(list), m_frequency(frequency)
    {
    }

    void row(const formats::CsvRow &row) override
    {
        if (m_names.empty())
            return readHeader(row.fields);
        if (m_list.size() >= kDraftsMax || !isTable())
            return;
        m_fields = row.fields;
        const std::string where = std::format("line {}", row.line);
        if (row.fields.size() != m_names.size())
            return m_list.reject(where, "the row has another number of fields than the header");
        readRow(where);
    }
    void fault(const formats::CsvFault &fault) override
    {
        m_list.reject(std::format("line {}", fault.line), fault.reason);
    }
    [[nodiscard]] bool isTable() const
    {
        return m_columns.contains("REF_DATE") && m_columns.contains("VECTOR") &&
               m_columns.contains("VALUE");
    }

private:
    void readHeader(std::span<const std::string_view> fields)
    {
        for (std::size_t i = 0; i < fields.size(); ++i) {
            m_names.emplace_back(fields[i]);
            m_columns.emplace(fields[i], i);
        }
    }

    [[nodiscard]] std::string_view field(std::string_view name) const
    {
        const auto column = m_columns.find(name);
        return column == m_columns.end() ? std::string_view() : m_fields[column->second];
    }

    void readRow(const std::string &where)
    {
        const auto period = periodOf(field("REF_DATE"));
        if (!period)
            return m_list.reject(where, period.error().what);
        const std::string_view vector = field("VECTOR");
        if (!vector.starts_with('v') || vector.size() < 2)
            return m_list.reject(where, "VECTOR names none");
        connect::StatedValue value{.observedAt = period->from,
                                   .value = std::numeric_limits<double>::quiet_NaN()};
        if (!field("VALUE").empty()) {
            const auto scale = scale10();
            const auto number =
                scale ? scaled(field("VALUE"), *scale) : std::unexpected(scale.error());
            if (!number)
                return m_list.reject(where, number.error().what);
            value.value = *number;
        }
        auto known = m_series.find(vector);
        if (known == m_series.end())
            known = m_series.emplace(vector, m_list.series(seriesOf(vector, *period))).first;
        m_list.observe(known->second, value);
    }

    /// A fiscal year "2019/2020" begins in April.
    static Result<formats::Period> periodOf(std::string_view text)
    {
        if (text.size() != 9 || text[4] != '/')
            return formats::parsePeriod(text);
        auto period = formats::parsePeriod(std::format("{}-04", text.substr(0, 4)));
        const auto end = formats::parsePeriod(std::format("{}-04", text.substr(5)));
        if (!period || !end)
            return period ? end : period;
        period->until = end->from;
        period->frequency = Frequency::Year;
        return period;
    }

    [[nodiscard]] Result<int> scale10() const
    {
        std::string_view text = field("SCALAR_ID");
        if (text.empty()) {
            text = "0";
            for (const Named &scale : kScales)
                if (scale.name == trimmed(field("SCALAR_FACTOR")))
                    text = scale.code;
        }
        int exponent = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
        if (error != std::errc{} || end != text.data() + text.size() || exponent < 0 ||
            exponent > 12)
            return fail(ErrorCode::InvalidInput, "the scalar factor is unknown");
        return exponent;
    }

    [[nodiscard]] schema::Series seriesOf(std::string_view vector,
                                          const formats::Period &period) const
    {
        schema::Series series;
        series.key = std::format("statcan:{}", vector);
        series.name = field("GEO");
        // The members of the table's own dimensions stand between DGUID and UOM.
        for (std::size_t i = 0; i < m_names.size() && m_names[i] != "UOM"; ++i)
            if (m_names[i] != "REF_DATE" && m_names[i] != "GEO" && m_names[i] != "DGUID" &&
                !m_fields[i].empty())
                series.name += (series.name.empty() ? "" : "; ") + std::string(m_fields[i]);
        if (series.name.empty())
            series.name = vector;
        if (series.name.size() > 480)
            series.name = std::format("Statistics Canada {}", vector);
        series.unit = field("UOM").substr(0, 100);
        series.region = regionOf(field("DGUID"));
        series.frequency = m_frequency.value_or(period.frequency);
        return series;
    }

    DraftList &m_list;
    std::optional<Frequency> m_frequency;
    std::vector<std::string> m_names;
    std::map<std::string, std::size_t, std::less<>> m_columns;
    std::map<std::string, schema::SeriesId, std::less<>> m_series;
    std::span<const std::string_view> m_fields;
};

/// The word under "Frequency" in the second row of the metadata.
class MetadataSink final : public formats::CsvSink {
public:
    void row(const formats::CsvRow &row) override
    {
        if (row.number == 1) {
            for (std::size_t i = 0; i < row.fields.size(); ++i)
                if (row.fields[i] == "Frequency")
                    m_column = i;
        } else if (row.number == 2 && m_column && *m_column < row.fields.size()) {
            frequency = frequencyFrom(row.fields[*m_column]);
        }
    }
    void fault(const formats::CsvFault &) override {}
    std::optional<Frequency> frequency;

private:
    std::optional<std::size_t> m_column;
};

Status readEntry(const formats::ZipArchive &archive, const formats::ZipEntry &entry,
                 formats::CsvSink &sink)
{
    formats::CsvReader reader;
    auto done =
        archive.read(entry, [&](std::string_view piece) { return reader.push(piece, sink); });
    return done ? reader.finish(sink) : done;
}

} // namespace

Drafts readTableCsv(std::string_view csv)
{
    DraftList list;
    TableSink sink(list, std::nullopt);
    formats::CsvReader reader;
    auto done = reader.push(csv, sink);
    if (done)
        done = reader.finish(sink);
    if (!done)
        return std::unexpected(done.error());
    if (!sink.isTable())
        return fail(ErrorCode::InvalidInput, "the payload is no table of Statistics Canada");
    return list.take();
}

Drafts readTableZip(std::string_view zip)
{
    const auto archive = formats::ZipArchive::open(zip);
    if (!archive)
        return std::unexpected(archive.error());
    const formats::ZipEntry *table = nullptr;
    MetadataSink metadata;
    for (const formats::ZipEntry &entry : archive->entries()) {
        if (!entry.name.ends_with(".csv"))
            continue;
        if (!entry.name.ends_with("_MetaData.csv"))
            table = &entry;
        else if (auto done = readEntry(*archive, entry, metadata); !done)
            return std::unexpected(done.error());
    }
    if (!table)
        return fail(ErrorCode::InvalidInput, "the archive holds no table");
    DraftList list;
    TableSink sink(list, metadata.frequency);
    if (auto done = readEntry(*archive, *table, sink); !done)
        return std::unexpected(done.error());
    if (!sink.isTable())
        return fail(ErrorCode::InvalidInput, "the archive's CSV is no table of Statistics Canada");
    return list.take();
}

} // namespace chrona::statcan
