// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "arguments.h"

#include "chrona/formats/json_writer.h"
#include "chrona/schema/alert.h"

#include <span>
#include <string>

/// How an alert rule is written in a shell.
namespace chrona::cli {

extern const std::span<const OptionSpec> kAlertOptions;

/// Changes of the rule what the options name. InvalidInput for what cannot be read.
[[nodiscard]] Status applyAlertOptions(const Arguments &arguments, schema::AlertRule &rule);

/// "events with \"storm\" in US, severity from 0.50".
[[nodiscard]] std::string alertRuleText(const schema::AlertRule &rule);
void writeAlertRule(formats::JsonWriter &json, const schema::AlertRule &rule);

} // namespace chrona::cli
