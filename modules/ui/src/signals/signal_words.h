// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ui/theme.h"

#include <QString>

#include <optional>
#include <string_view>

namespace chrona::ipc {
struct SignalEntry;
}

namespace chrona::ui {

/// The user's words for the keys of discovery; an unknown key is shown as words.
[[nodiscard]] QString ruleName(std::string_view rule);
[[nodiscard]] QString regimeName(std::string_view regime);
[[nodiscard]] QString controlName(std::string_view control);
[[nodiscard]] QString failureName(std::string_view mode);
[[nodiscard]] QString labelName(std::string_view label);
[[nodiscard]] QString viewName(std::string_view view);
/// Ok for what holds, Watch for what fades, Text3 for what is gone.
[[nodiscard]] Role labelRole(std::string_view label);

/// Its name, or its key where it has none.
[[nodiscard]] QString featureText(const ipc::SignalEntry &signal);
/// Whether not its return but how far it moves is led.
[[nodiscard]] bool isOfVolatility(const ipc::SignalEntry &signal);
/// "SPY", "SPY volatility"
[[nodiscard]] QString targetText(const ipc::SignalEntry &signal);
[[nodiscard]] QString targetText(std::string_view target, std::string_view measure);
/// "Storms over the Gulf → USO"
[[nodiscard]] QString pairText(const ipc::SignalEntry &signal);

/// Correlations beyond this are as long as a bar can be: real ones rarely are.
inline constexpr double kEffectFull = 0.3;
/// "+0.12", "−0.03": a correlation, always with its sign. "–" for none.
[[nodiscard]] QString effectText(std::optional<double> effect);
/// "0.004", "< 0.001": a rate or probability.
[[nodiscard]] QString rateText(double rate);
/// "1.84": digits by size, a true minus, "–" for none.
[[nodiscard]] QString numberText(std::optional<double> number);
/// "3 sessions"
[[nodiscard]] QString sessionsText(int count);

} // namespace chrona::ui
