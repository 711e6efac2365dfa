// SPDX-License-Identifier: AGPL-3.0-or-later
// Precompiled for tests. Sources still include what they use.
#pragma once

#include "precompiled_qt.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "testing/test_patience.h"

#ifdef CHRONA_TESTS_TOGETHER
#include "testing/test_program.h"
#endif
