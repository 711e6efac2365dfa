// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sdmx_connector.h"

#include "connector_metadata.h"

#include "chrona/connect/draft_list.h"
#include "chrona/connect/payload.h"
#include "chrona/formats/sdmx.h"

#include <algorithm>
#include <array>
#include <format>

namespace chrona::sdmx {
namespace {

using formats::SdmxSeries;
using formats::SeriesSet;

struct Query {
    std::string_view source, base, flow, key, kind, format;
};
constexpr std::string_view kEcb = "https://data-api.ecb.europa.eu/service/data/";
constexpr std::string_view kEurostat =
    "https://ec.europa.eu/eurostat/api/dissemination/sdmx/2.1/data/";
constexpr std::string_view kOecd = "https://sdmx.oecd.org/public/rest/data/";

/// Exchange rate, key rate, inflation and unemployment of the euro area; leading indicators.
constexpr std::array kQueries = std::to_array<Query>({
    {"ecb-data", kEcb, "EXR", "D.USD.EUR.SP00.A", "sdmx-csv", "csvdata"},
    {"ecb-data", kEcb, "FM", "D.U2.EUR.4F.KR.DFR.LEV", "sdmx-csv", "csvdata"},
    {"ecb-data", kEcb, "CISS", "D.U2.Z0Z.4F.EC.SS_CIN.IDX", "sdmx-csv", "csvdata"},
    {"eurostat", kEurostat, "prc_hicp_manr", "M.RCH_A.CP00.EA", "sdmx-csv", "SDMX-CSV"},
    {"eurostat", kEurostat, "une_rt_m", "M.SA.TOTAL.PC_ACT.T.EA20", "sdmx-csv", "SDMX-CSV"},
    {"oecd", kOecd, "OECD.SDD.STES,DSD_STES@DF_CLI,4.1", "USA.M.LI...AA...H", "sdmx-csv",
     "csvfile"},
});

/// The flow in an address: ".../data/EXR/D.USD.EUR.SP00.A" and "OECD.SDD.STES,DSD_STES@DF_CLI,4.1".
std::string flowInAddress(std::string_view url)
{
    const std::size_t at = url.find("/data/");
    if (at == std::string_view::npos)
        return {};
    std::string_view flow = url.substr(at + 6);
    flow = flow.substr(0, flow.find_first_of("/?"));
    if (const std::size_t comma = flow.find(','); comma != std::string_view::npos) {
        flow.remove_prefix(comma + 1);
        flow = flow.substr(0, flow.find(','));
    }
    return std::string(flow);
}

std::string_view agencyInAddress(std::string_view url)
{
    if (url.contains("ecb.europa.eu"))
        return "ECB";
    if (url.contains("ec.europa.eu"))
        return "ESTAT";
    return url.contains("oecd.org") ? "OECD" : "";
}

/// Some messages name the structure only; the ECB calls that of EXR "ECB_EXR1".
std::string flowOfStructure(std::string_view agency, std::string_view id)
{
    if (id.starts_with(agency) && id.substr(agency.size()).starts_with('_') && !agency.empty()) {
        id.remove_prefix(agency.size() + 1);
        while (id.size() > 1 && id.back() >= '0' && id.back() <= '9')
            id.remove_suffix(1);
    }
    return std::string(id);
}

/// "sdmx:ECB:EXR.": the same series has the same key in every form that it is served in.
std::string keyPrefix(const SeriesSet &set, std::string_view url)
{
    std::string agency(agencyInAddress(url));
    if (!set.flow.agency.empty())
        agency = set.flow.agency.substr(0, set.flow.agency.find('.'));
    std::string flow = flowInAddress(url);
    if (flow.empty())
        flow = set.flow.isFlow ? set.flow.id : flowOfStructure(set.flow.agency, set.flow.id);
    return std::format("sdmx:{}:{}.", agency.empty() ? "unknown" : agency,
                       flow.empty() ? "unknown" : flow);
}

std::string_view firstOf(const SdmxSeries &series, std::initializer_list<std::string_view> ids)
{
    for (const std::string_view id : ids)
        for (const formats::SdmxValues *values : {&series.attributes, &series.dimensions})
            if (const auto found = formats::find(*values, id); !found.empty())
                return found;
    if (!series.observations.empty())
        for (const std::string_view id : ids)
            if (const auto found = formats::find(series.observations.front().attributes, id);
                !found.empty())
                return found;
    return {};
}

/// Values stay as they are printed, so their power of ten belongs to the unit.
std::string unitOf(const SdmxSeries &series)
{
    std::string unit(firstOf(series, {"UNIT", "UNIT_MEASURE", "unit"}));
    const std::string_view power = firstOf(series, {"UNIT_MULT"});
    if (!power.empty() && power != "0")
        unit += std::format(" x10^{}", power);
    return unit.substr(0, 100);
}

/// Eurostat calls Greece EL and the United Kingdom UK; codes of groups are no ISO 3166.
std::string regionOf(const SdmxSeries &series)
{
    const std::string_view code = firstOf(series, {"REF_AREA", "geo", "GEO"});
    if (code == "EL")
        return "GR";
    if (code == "UK")
        return "GB";
    const bool country = (code.size() == 2 || code.size() == 3) && code != "EA" && code != "EU" &&
                         std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; });
    return country ? std::string(code) : std::string();
}

schema::Frequency frequencyOf(const SdmxSeries &series)
{
    using schema::Frequency;
    constexpr std::array<std::pair<std::string_view, Frequency>, 8> kCodes{
        {{"A", Frequency::Year},
         {"Q", Frequency::Quarter},
         {"M", Frequency::Month},
         {"W", Frequency::Week},
         {"D", Frequency::Day},
         {"B", Frequency::Day}, // business days
         {"H", Frequency::Hour},
         {"N", Frequency::Minute}}};
    const std::string_view code = firstOf(series, {"FREQ", "freq", "FREQUENCY"});
    if (!code.empty() && code != "H") // H is half a year as often as an hour
        for (const auto &[known, frequency] : kCodes)
            if (known == code)
                return frequency;
    return series.observations.empty() ? Frequency::Irregular
                                       : series.observations.front().period.frequency;
}

schema::Series seriesFrom(const SdmxSeries &from, const std::string &prefix)
{
    schema::Series series;
    series.key = prefix + from.key;
    series.name = firstOf(from, {"TITLE", "TITLE_EN", "TITLE_COMPL"});
    if (series.name.empty())
        series.name = from.key;
    series.unit = unitOf(from);
    series.frequency = frequencyOf(from);
    series.region = regionOf(from);
    return series;
}

} // namespace

Result<connect::Description> Sdmx::describe() const
{
    return connect::readDescription(kMetadata);
}

Result<connect::Fetched> Sdmx::fetch(const connect::FetchTask &task, connect::Fetcher &fetcher,
                                     std::stop_token stop) const
{
    using namespace std::chrono;
    // Revisions reach back: three years again each time, all the first time.
    const Date since = floor<days>(task.now) - days(3 * 366);
    std::vector<connect::Question> questions;
    for (const Query &query : kQueries) {
        if (query.source != task.source.key)
            continue;
        std::string url =
            std::format("{}{}/{}?format={}", query.base, query.flow, query.key, query.format);
        if (!task.cursor.empty())
            url += "&startPeriod=" + formatDate(since).substr(0, 7);
        questions.push_back({{.url = std::move(url), .bodyBytesMax = 64 << 20}, query.kind});
    }
    auto fetched = connect::fetchEach(*this, fetcher, std::move(questions), std::move(stop));
    if (fetched)
        fetched->nextCursor = formatInstant(task.now);
    return fetched;
}

Result<std::vector<connect::Draft>> Sdmx::normalize(const connect::RawItem &item) const
{
    const auto set = item.kind == "sdmx-ml"     ? formats::readSdmxMl(item.payload)
                     : item.kind == "sdmx-json" ? formats::readSdmxJson(item.payload)
                                                : formats::readSdmxCsv(item.payload);
    if (!set)
        return std::unexpected(set.error());
    connect::DraftList list;
    const std::string prefix = keyPrefix(*set, item.url);
    for (const SdmxSeries &series : set->series) {
        const auto id = list.series(seriesFrom(series, prefix));
        for (const formats::SdmxObservation &observation : series.observations)
            list.observe(id, {.observedAt = observation.period.from,
                              .value = observation.value,
                              .publishedAt = set->preparedAt});
    }
    for (const schema::Fault &fault : set->faults)
        list.reject(fault.field, fault.reason);
    if (set->faultCount > set->faults.size())
        list.reject("", std::format("{} more observations cannot be read",
                                    set->faultCount - set->faults.size()));
    return list.take();
}

} // namespace chrona::sdmx
