// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/storage/private_cluster.h"

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <optional>

namespace chrona::storage {

/// A private cluster in a folder of its own, quick to make and never to be kept.
struct ScratchCluster {
    /// A new one, in a new folder.
    void make()
    {
        m_cluster.reset();
        m_folder.emplace();
        QVERIFY(m_folder->isValid());
        open();
    }
    /// The one of the folder, again.
    void open()
    {
        m_cluster.reset();
        const std::filesystem::path root = m_folder->path().toStdString();
        auto cluster = PrivateCluster::open({.dataFolder = root / "postgres",
                                             .socketFolder = root / "s",
                                             .durability = PrivateCluster::Durability::Scratch,
                                             .ballastBytes = 0});
        QVERIFY2(cluster, cluster ? "" : describe(cluster.error()).c_str());
        m_cluster = std::move(*cluster);
    }

    std::optional<QTemporaryDir> m_folder;
    std::unique_ptr<PrivateCluster> m_cluster;
};

} // namespace chrona::storage
