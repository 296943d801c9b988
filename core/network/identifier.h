#pragma once

#include <optional>
#include <span>

#include "core/network/pdu.h"
#include "core/network/peer.h"

namespace attest::network {

// The data sets of queries and of their answers (PS3.4 annex C, Study Root).

Buffer studyIdentifier(const StudyQuery& query, const std::string& transferSyntax);
Buffer seriesIdentifier(const StudyUid& study, const std::string& transferSyntax);
/// Of C-GET and C-MOVE: a study, or one series of it.
Buffer fetchIdentifier(const FetchRequest& request, const std::string& transferSyntax);

Outcome<RemoteStudy> readStudy(std::span<const std::byte> dataSet, const std::string& transferSyntax);
Outcome<RemoteSeries> readSeries(std::span<const std::byte> dataSet, const std::string& transferSyntax);

/// The DICOM DA range of the query, "20240101-20240131" with either end open; empty: any date.
std::string dateRange(const StudyQuery& query);
/// A whole number, not negative; none where the text is none.
std::optional<int> count(const std::string& text);

}  // namespace attest::network
