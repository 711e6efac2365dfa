// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <QProcess>
#include <QTemporaryDir>

namespace chrona::keys {

/// A Secret Service of the test's own on the session bus of the test run: empty, unlocked, gone
/// with this object. On macOS there is none to make; the user's keychain is used.
class TestKeyring {
public:
    TestKeyring() = default;
    ~TestKeyring();
    TestKeyring(const TestKeyring &) = delete;
    TestKeyring &operator=(const TestKeyring &) = delete;

    /// Returns when it answers on the bus. Who asks before gets a second one, which is locked.
    [[nodiscard]] Status start();
    /// It holds still, and answers nobody, until resume(). On macOS: does nothing.
    void pause() { signalIt(true); }
    void resume() { signalIt(false); }

private:
    void signalIt(bool isPaused);
    QTemporaryDir m_folder;
    QProcess m_process;
};

} // namespace chrona::keys
