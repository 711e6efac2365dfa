// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "query.h"

#include "chrona/ipc/columns.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

/// What `features KEY` and `series KEY` share: values of one of them, by time.
namespace chrona::cli {

struct ValueWindow {
    std::optional<Instant> from, to, asOf;
    bool allVintages = false; ///< --vintages
};

struct ValueQuery {
    std::string key;
    QueryFormat format = QueryFormat::NdJson;
    std::string_view ofWhat;  ///< "feature": what the first column is called
    std::string_view at;      ///< when a value is of
    std::string_view knownAt; ///< since when it could be known
    /// Whose numbers they are; null: nobody's.
    std::function<Result<schema::SourceId>(ServiceLink &link)> source;
    std::function<Result<ipc::ObservationColumns>(ServiceLink &link, const ValueWindow &window)>
        values;
};

/// Asks and prints. What may not be passed on stays out of CSV and is named.
[[nodiscard]] ExitCode printValues(Invocation &invocation, const ValueQuery &query);

} // namespace chrona::cli
