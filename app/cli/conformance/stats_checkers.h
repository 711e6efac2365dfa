// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "case_value.h"
#include "conformance.h"

#include <QJsonValue>

#include <map>
#include <string>

namespace chrona::conformance {

[[nodiscard]] cli::CaseValue caseValueOf(const QJsonValue &json);

/// The statistics behind signals.
void addStatsCheckers(std::map<std::string, Checker> &checkers);

} // namespace chrona::conformance
