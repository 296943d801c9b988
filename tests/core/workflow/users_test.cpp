#include "core/workflow/users.h"

#include <array>

#include "tests/core/workflow/home.h"

namespace attest::workflow::test {
namespace {

class UsersTest : public HomeTest {
 protected:
  Reader first() {
    auto reader = createReader(*services_, "anna", {Role::reader}, secret, nullptr);
    if (!reader) throw std::runtime_error(reader.error().detail);
    return *std::move(reader);
  }
  ErrorCode trySecret(Services& services, const std::string& tried, const std::string& name = "anna") {
    const auto reader = authenticate(services, {name}, tried);
    return reader ? ErrorCode::internal : reader.error().code;
  }
  int wrongTries() { return services_->db().reader({"anna"})->value().wrongSecrets; }
};

TEST_F(UsersTest, TheFirstReaderGetsEveryRole) {
  EXPECT_EQ(first().roles, (std::set{Role::reader, Role::resident, Role::attending, Role::admin}));
  const auto stored = services_->db().reader({"anna"});
  ASSERT_TRUE(stored && *stored);
  EXPECT_FALSE((*stored)->certificatePem.empty());
  EXPECT_EQ(events("user.add"), 1);
}

TEST_F(UsersTest, LaterOnlyAnAdminAddsReaders) {
  const Reader admin = first();
  const Reader other = hire(person({Role::attending}, "olga"));
  EXPECT_EQ(createReader(*services_, "bert", {Role::reader}, secret, nullptr).error().code,
            ErrorCode::not_allowed);
  EXPECT_EQ(createReader(*services_, "bert", {Role::reader}, secret, &other).error().code,
            ErrorCode::not_allowed);
  const auto bert = createReader(*services_, "bert", {Role::reader}, secret, &admin);
  ASSERT_TRUE(bert) << bert.error().detail;
  EXPECT_EQ(bert->roles, std::set{Role::reader});
  EXPECT_EQ(createReader(*services_, "bert", {Role::reader}, secret, &admin).error().code,
            ErrorCode::conflict);
  EXPECT_EQ(services_->db().readers()->size(), 3U);
}

TEST_F(UsersTest, OfManyFirstReadersAtOnceOneIsTheFirst) {
  std::array<bool, 4> made{};
  services_->pool().parallel().forEach(made.size(), 1, {}, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      made[i] = createReader(*services_, "reader" + std::to_string(i), {}, secret, nullptr).has_value();
    }
  });
  EXPECT_EQ(std::ranges::count(made, true), 1);
  EXPECT_EQ(services_->db().readers()->size(), 1U);
}

TEST_F(UsersTest, AWeakSecretIsRefused) {
  EXPECT_EQ(createReader(*services_, "anna", {}, "12345", nullptr).error().code, ErrorCode::bad_argument);
  EXPECT_TRUE(services_->db().readers()->empty());
}

TEST_F(UsersTest, ASecretOpensOnlyItsOwnName) {
  first();
  EXPECT_TRUE(authenticate(*services_, {"anna"}, secret));
  EXPECT_EQ(trySecret(*services_, "not the secret"), ErrorCode::bad_secret);
  EXPECT_EQ(trySecret(*services_, secret, "nobody"), ErrorCode::bad_secret);
  EXPECT_EQ(events("sign_in"), 1);
  EXPECT_EQ(events("sign_in.refused"), 2);
}

TEST_F(UsersTest, WrongTriesAreCountedAcrossProcessesAndForgivenWithTime) {
  first();
  const auto other = Services::open(folder_ / "home", clock_);
  ASSERT_TRUE(other) << other.error().detail;
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(trySecret(i % 2 == 0 ? *services_ : **other, "not the secret"), ErrorCode::bad_secret);
  }
  for (Services* services : {services_.get(), other->get()}) {
    const auto locked = authenticate(*services, {"anna"}, secret);
    ASSERT_FALSE(locked);
    EXPECT_EQ(locked.error().code, ErrorCode::rate_limited);
    EXPECT_EQ(locked.error().detail, "30");
  }
  clock_.forward(std::chrono::seconds(30));
  EXPECT_TRUE(authenticate(**other, {"anna"}, secret));
  EXPECT_EQ(wrongTries(), 0);
}

TEST_F(UsersTest, WrongTriesAtOnceAreAllCounted) {
  first();
  services_->pool().parallel().forEach(4, 1, {}, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) trySecret(*services_, "not the secret");
  });
  EXPECT_EQ(wrongTries(), 4);
}

TEST_F(UsersTest, ARightSecretIsNoWayThroughADoorThatWasShutMeanwhile) {
  first();
  // Many processes read the count before any of them has written it.
  std::array<ErrorCode, 12> answers{};
  services_->pool().parallel().forEach(answers.size(), 1, {}, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      answers[i] = trySecret(*services_, i + 1 == answers.size() ? secret : "wrong " + std::to_string(i));
    }
  });
  EXPECT_LE(std::ranges::count(answers, ErrorCode::bad_secret), 9);
  EXPECT_GE(std::ranges::count(answers, ErrorCode::rate_limited), 1);
}

TEST_F(UsersTest, TheLastAdministratorStays) {
  const Reader admin = first();
  EXPECT_EQ(disableReader(*services_, {"anna"}, admin).error().code, ErrorCode::conflict);
  ASSERT_TRUE(createReader(*services_, "olga", {Role::admin}, secret, &admin));
  ASSERT_TRUE(disableReader(*services_, {"anna"}, admin));
  EXPECT_EQ(disableReader(*services_, {"olga"}, admin).error().code, ErrorCode::not_allowed);
  const Reader olga = services_->db().reader({"olga"})->value();
  EXPECT_EQ(disableReader(*services_, {"olga"}, olga).error().code, ErrorCode::conflict);
}

TEST_F(UsersTest, ADisabledReaderDoesNothingAnyMore) {
  const Reader admin = first();
  ASSERT_TRUE(createReader(*services_, "bert", {Role::attending}, secret, &admin));
  EXPECT_EQ(disableReader(*services_, {"anna"}, person({Role::attending}, "bert")).error().code,
            ErrorCode::not_allowed);
  EXPECT_EQ(disableReader(*services_, {"nobody"}, admin).error().code, ErrorCode::not_found);
  ASSERT_TRUE(disableReader(*services_, {"bert"}, admin));
  EXPECT_EQ(trySecret(*services_, secret, "bert"), ErrorCode::not_allowed);
  const Reader bert = services_->db().reader({"bert"})->value();
  EXPECT_EQ(require(bert, identity::Act::read).error().code, ErrorCode::not_allowed);
  EXPECT_EQ(events("user.disable"), 1);
}

}  // namespace
}  // namespace attest::workflow::test
