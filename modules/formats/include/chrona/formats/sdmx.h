// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/base/time.h"
#include "chrona/formats/period.h"
#include "chrona/schema/fault.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Statistical data and metadata exchange, as central banks and statistics offices serve it.
namespace chrona::formats {

struct SdmxLimits {
    std::size_t bytesMax = 256 << 20;
    std::size_t seriesMax = 200'000;
    std::size_t observationsMax = 5'000'000;
    std::size_t faultsMax = 1000; ///< kept; all are counted
};

/// A dimension or attribute with its code or text: {"CURRENCY", "USD"}.
struct SdmxValue {
    std::string id;
    std::string value;
    friend bool operator==(const SdmxValue &, const SdmxValue &) = default;
};
using SdmxValues = std::vector<SdmxValue>;

/// Empty where there is none.
[[nodiscard]] std::string_view find(const SdmxValues &values, std::string_view id);

struct SdmxObservation {
    Period period;
    double value = 0; ///< NaN: the publisher says that there is none
    SdmxValues attributes;
};

struct SdmxSeries {
    std::string key;       ///< codes in the order of the dimensions: "D.USD.EUR.SP00.A"
    SdmxValues dimensions; ///< without time
    SdmxValues attributes; ///< also those of its data set
    std::vector<SdmxObservation> observations; ///< in the order of the message
};

/// Where the data come from, as far as the message says.
struct SdmxFlow {
    std::string agency;  ///< "ECB"
    std::string id;      ///< of the dataflow, "EXR"; else of the structure, "ECB_EXR1"
    std::string version; ///< "1.0"
    bool isFlow = false; ///< id names a dataflow and not a structure
    friend bool operator==(const SdmxFlow &, const SdmxFlow &) = default;
};

struct SeriesSet {
    SdmxFlow flow;
    std::optional<Instant> preparedAt; ///< when the message or its data were made
    std::vector<SdmxSeries> series;    ///< in the order of their first appearance
    schema::Faults faults;             ///< observations that were left out, by series and period
    std::uint64_t faultCount = 0;
};

/// SDMX-ML 2.1, generic or structure-specific, by series or flat. Structure-specific messages do
/// not tell dimensions from attributes: those of a well-known attribute's name, and what follows
/// them, are attributes. The document is read as it comes; only one series is held as XML.
///
/// Pure. Fails when the message is none, is cut off, or is a publisher's error message.
[[nodiscard]] Result<SeriesSet> readSdmxMl(std::string_view text, const SdmxLimits &limits = {});

/// SDMX-JSON 1.0 and 2.0, by series or flat.
[[nodiscard]] Result<SeriesSet> readSdmxJson(std::string_view text, const SdmxLimits &limits = {});

/// SDMX-CSV 1.0 and 2.0, and the dialects of the ECB (KEY), Eurostat and the OECD (labels beside or
/// within codes). Time is TIME_PERIOD, else the last column before OBS_VALUE. A deletion (ACTION
/// D) gives an observation without value.
[[nodiscard]] Result<SeriesSet> readSdmxCsv(std::string_view text, const SdmxLimits &limits = {});

} // namespace chrona::formats
