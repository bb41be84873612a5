using System;
using System.Linq;
using OrderKernel.Definitions.Tests.Packs;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Scarcity;
using OrderKernel.Stock;
using Xunit;

namespace OrderKernel.Definitions.Tests.Access;

/// <summary>Customers and users as data: every fault of the text at once, each with its place.</summary>
public class RosterTests
{
    [Fact]
    public void EveryFault_IsToldAtOnce_WithItsPlace_InBothLanguages()
    {
        const string text = """
            {
              "customers": [
                { "id": "H1", "name": "临江市第一人民医院", "fields": { "hospital_tier": "三甲医院", "colour": "red" } },
                { "id": "H1", "name": "again" },
                { "id": " ", "name": "blank", "nick": "x" },
                { "name": "nameless" }
              ],
              "users": [
                { "id": "u1", "roles": ["sales", "pilot"], "customers": ["H1", "H9", 7] },
                { "id": "u1", "roles": [] },
                { "id": "u2" }
              ]
            }
            """;
        DefinitionReading<Roster> reading = Roster.Read(text, Samples.Of("MEDICAL2026"));
        Assert.Null(reading.Value);
        Assert.Equal(
            [
                "$.customers[0].fields definition.member_unknown", "$.customers[0].fields field.value_wrong",
                "$.customers[1] definition.repeated", "$.customers[2] definition.member_unknown",
                "$.customers[2].id definition.value_wrong", "$.customers[3] definition.member_missing",
                "$.users[0].customers[1] roster.customer_unknown", "$.users[0].customers[2] definition.value_wrong",
                "$.users[0].roles[1] roster.role_unknown", "$.users[1] definition.repeated", "$.users[2] definition.member_missing",
            ],
            reading.Findings.Select(found => $"{found.Subject} {found.Code}").Order(StringComparer.Ordinal));
        Finding unknown = reading.Findings.Single(found => found.Code == "roster.customer_unknown");
        Assert.Equal("$.users[0].customers[1]：没有客户“H9”。请补充该客户，或从用户名下移除。", unknown.Text(Language.Chinese));
        Assert.StartsWith("$.users[0].customers[1]: there is no customer 'H9'.", unknown.Text(Language.English), StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutAPack_RolesAndFieldsAreTheHostsOwn()
    {
        const string text = """
            { "customers": [{ "id": "C1", "name": "Shop", "level": "gold", "payment": "cash", "fields": { "colour": "red" } }],
              "users": [{ "id": "clerk", "roles": ["seller"], "customers": ["C1"], "nodes": ["N1", "N2"] }] }
            """;
        Roster roster = Roster.Read(text).OrThrow();
        RosterCustomer shop = roster.Find(new PartnerId("C1"))!;
        OrderStanding standing = shop.Standing(isPaid: true, priority: 3);
        Assert.Equal(("gold", "cash", true, 3), (
            standing.CustomerLevel, standing.PaymentMethod, standing.IsPaid, standing.Priority));
        Assert.Equal("red", shop.Fields["colour"]);
        Assert.Equal("seller", Assert.Single(roster.Find("clerk").Roles));
        Assert.Contains(new NodeId("N2"), roster.Find("clerk").Nodes);
        Assert.Empty(roster.Find("somebody").Roles);
        Assert.Null(roster.Find(new PartnerId("C2")));
    }
}
