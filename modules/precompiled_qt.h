// SPDX-License-Identifier: AGPL-3.0-or-later
// Precompiled for modules and tests with Qt. Sources still include what they use.
#pragma once

#include "precompiled_std.h"

#include <QByteArray>
#include <QCborMap>
#include <QCborValue>
#include <QDateTime>
#include <QFile>
#include <QHash>
#include <QList>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QVariant>
