// SPDX-License-Identifier: AGPL-3.0-or-later
#include "filing.h"

#include "chrona/connect/draft_list.h"
#include "chrona/formats/json.h"
#include "chrona/formats/stated_time.h"

#include <algorithm>
#include <format>
#include <map>

namespace chrona::edgar {
namespace {

using formats::JsonValue;

constexpr std::size_t kSubmissionsBytesMax = 64 << 20;

std::string digitsOrText(JsonValue value)
{
    if (const auto number = value.asInteger())
        return std::to_string(*number);
    return std::string(value.asString().value_or(""));
}

/// Columns of equal length, one value a filing: {"form": ["4", "8-K"], "filingDate": […]}.
class Columns {
public:
    static Result<Columns> read(JsonValue object)
    {
        Columns columns;
        for (const auto &[name, list] : object.members()) {
            if (list.kind() != JsonValue::Kind::Array)
                continue;
            auto &column = columns.m_columns[std::string(name)];
            column.reserve(list.size());
            for (const JsonValue value : list.items())
                column.push_back(value);
        }
        const auto accessions = columns.m_columns.find("accessionNumber");
        if (accessions == columns.m_columns.end())
            return fail(ErrorCode::InvalidInput, "the payload has no column accessionNumber");
        columns.m_rows = accessions->second.size();
        for (const auto &[name, column] : columns.m_columns)
            if (column.size() != columns.m_rows)
                return fail(ErrorCode::InvalidInput,
                            std::format("column {} has {} values and accessionNumber {}", name,
                                        column.size(), columns.m_rows));
        return columns;
    }

    [[nodiscard]] std::size_t rows() const { return m_rows; }
    [[nodiscard]] std::string at(std::string_view name, std::size_t row) const
    {
        const auto column = m_columns.find(name);
        return column == m_columns.end() ? std::string() : digitsOrText(column->second[row]);
    }

private:
    std::map<std::string, std::vector<JsonValue>, std::less<>> m_columns;
    std::size_t m_rows = 0;
};

Company readCompany(JsonValue root)
{
    Company company;
    company.cik = digitsOrText(root["cik"]);
    company.name = digitsOrText(root["name"]);
    for (const JsonValue former : root["formerNames"].items())
        company.formerNames.push_back(digitsOrText(former["name"]));
    for (const JsonValue ticker : root["tickers"].items())
        company.tickers.push_back(digitsOrText(ticker));
    auto &attributes = company.attributes;
    connect::addText(attributes, "sic", digitsOrText(root["sic"]));
    connect::addText(attributes, "sic_description", digitsOrText(root["sicDescription"]));
    connect::addText(attributes, "state_of_incorporation",
                     digitsOrText(root["stateOfIncorporation"]));
    connect::addText(attributes, "fiscal_year_end", digitsOrText(root["fiscalYearEnd"]));
    connect::addText(attributes, "category", digitsOrText(root["category"]));
    std::string exchanges;
    for (const JsonValue exchange : root["exchanges"].items())
        exchanges += (exchanges.empty() ? "" : " ") + digitsOrText(exchange);
    connect::addText(attributes, "exchanges", exchanges);
    return company;
}

void readFiling(const Columns &columns, std::size_t row, std::string_view cik, Drafts &drafts)
{
    Filing filing;
    filing.accession = columns.at("accessionNumber", row);
    filing.form = columns.at("form", row);
    filing.filedOn = columns.at("filingDate", row);
    filing.period = columns.at("reportDate", row);
    filing.items = columns.at("items", row);
    filing.description = columns.at("primaryDocDescription", row);
    if (const std::string accepted = columns.at("acceptanceDateTime", row); !accepted.empty()) {
        const auto instant = formats::readStatedTime(accepted);
        if (!instant)
            return drafts.reject(std::move(filing.accession),
                                 "acceptanceDateTime: " + instant.error().what);
        filing.acceptedAt = *instant;
    }
    if (!filing.period.empty())
        if (const auto period = formats::readStatedTime(filing.period); !period)
            return drafts.reject(std::move(filing.accession), "reportDate: " + period.error().what);
    const std::string document = columns.at("primaryDocument", row);
    if (!cik.empty() && !document.empty()) {
        std::string folder = filing.accession;
        std::erase(folder, '-');
        filing.url =
            std::format("https://www.sec.gov/Archives/edgar/data/{}/{}/{}", cik, folder, document);
    }
    connect::addText(filing.attributes, "file_number", columns.at("fileNumber", row));
    connect::addText(filing.attributes, "act", columns.at("act", row));
    connect::addNumber(filing.attributes, "size_bytes",
                       connect::numberFrom(columns.at("size", row)));
    drafts.filing(std::move(filing));
}

} // namespace

Result<std::vector<connect::Draft>> readSubmissions(std::string_view payload)
{
    const auto document = formats::JsonDocument::parse(payload, {.bytesMax = kSubmissionsBytesMax});
    if (!document)
        return std::unexpected(document.error());
    const JsonValue root = document->root();
    const JsonValue recent = root["filings"]["recent"];
    // Older pages hold the columns alone.
    const auto columns = Columns::read(recent.isNothing() ? root : recent);
    if (!columns)
        return std::unexpected(columns.error());
    Drafts drafts;
    const Company company = readCompany(root);
    std::string cik = company.cik;
    cik.erase(0, std::min(cik.find_first_not_of('0'), cik.size()));
    drafts.company(company);
    for (std::size_t row = 0; row < columns->rows(); ++row)
        readFiling(*columns, row, cik, drafts);
    return drafts.take();
}

} // namespace chrona::edgar
