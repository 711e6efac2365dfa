// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

namespace chrona::ui {

enum class SettingKind : std::uint8_t { Flag, Number, Text };

/// How one of the service's settings is offered to a person. The texts are marked for translation
/// in the context of SettingsDialog.
struct SettingRow {
    const char *key;
    SettingKind kind;
    int least, most; ///< Number
    const char *suffix;
    const char *label;
    const char *text; ///< what it does
};

struct SettingPage {
    const char *title;
    std::span<const SettingRow> rows;
};

/// In the order of the dialog. What steers money or consent (flare.mode, flare.mainnet) is not
/// among them: `chronactl flare` asks for it in words.
[[nodiscard]] std::span<const SettingPage> settingPages();

} // namespace chrona::ui
