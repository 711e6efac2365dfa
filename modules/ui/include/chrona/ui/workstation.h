// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QString>

#include <filesystem>
#include <memory>

class QApplication;

namespace chrona::ui {

struct WorkstationOptions {
    std::filesystem::path dataFolder; ///< whose service is started or met
    QString picturesFolder;           ///< not empty: draw every view into files there and quit
    QString file;                     ///< opened when the window is there
};

/// Where the window keeps what it was told, "window/language" among it. Needs the application's
/// name.
[[nodiscard]] QString workstationSettingsFile();

/// The whole program: session, theme, main window and tray icon, put together once. UI thread only.
class Workstation {
public:
    Workstation(QApplication &application, WorkstationOptions options);
    ~Workstation();
    Workstation(const Workstation &) = delete;
    Workstation &operator=(const Workstation &) = delete;

    /// Shows the window, or takes the pictures, and returns the program's exit code when it is
    /// over.
    [[nodiscard]] int run();

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace chrona::ui
