using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using OrderKernel.Measures;
using OrderKernel.Packs;
using OrderKernel.Stock;
using Xunit;

namespace OrderKernel.Definitions.Tests.Access;

/// <summary>A warehouse works on a stock document when every node that it touches is its own, and not when only some are.</summary>
public class OwnNodeTests
{
    private static readonly NodeId West = new("W1"), East = new("W2");

    private static readonly Pack Rights = Tenant.PackOf(
        ("pack.json", """{ "id": "RIGHTS", "version": 1, "en": "Rights", "zh": "权限" }"""),
        ("access.json", """
            { "roles": [
              { "code": "admin", "en": "Administrator", "zh": "管理员", "rows": "all", "commands": ["definitions.activate_pack"] },
              { "code": "keeper", "en": "Warehouse", "zh": "仓库", "rows": "own_nodes",
                "commands": ["stock.receive", "stock.adjust", "stock.dispatch_transfer", "stock.arrive_transfer",
                             "order.expire_hold"] } ] }
            """));

    [Fact]
    public async Task EveryNodeOfADocument_MustBeTheActorsOwn()
    {
        Tenant tenant = await OpenAsync();
        ReceiveStock both = Receive("R-1", West, East);
        await tenant.RefuseAsync("west", both, "access.row_denied");
        await tenant.RefuseAsync("east", both, "access.row_denied");
        await tenant.AcceptAsync("both", both);
        await tenant.AcceptAsync("west", Receive("R-2", West, West));
    }

    [Fact]
    public async Task ATransfer_IsSentByTheNodeThatHasIt_AndTakenInByTheOtherNode()
    {
        Tenant tenant = await OpenAsync();
        await tenant.AcceptAsync("west", Receive("R-1", West));
        var dispatch = new DispatchTransfer(new DocumentId("T-1"), East, [Line(West)]);
        await tenant.RefuseAsync("east", dispatch, "access.row_denied");
        await tenant.AcceptAsync("west", dispatch);
        await tenant.RefuseAsync("west", Arrive("T-1"), "access.row_denied");
        await tenant.AcceptAsync("east", Arrive("T-1"));
    }

    [Fact]
    public async Task ACorrection_IsMadeWhereTheGoodsAre_AndADocumentOfNoNodeIsNobodysOwn()
    {
        Tenant tenant = await OpenAsync();
        await tenant.AcceptAsync("west", Receive("R-1", West));
        var adjust = new AdjustStock(new DocumentId("A-1"), Line(West).Cell, -1, "broken", "V-1");
        await tenant.RefuseAsync("east", adjust, "access.row_denied");
        await tenant.AcceptAsync("west", adjust);
        await tenant.RefuseAsync("both", Arrive("T-9"), "access.row_denied");
    }

    private static ArriveTransfer Arrive(string document) => new(
        new DocumentId(document), [new TransferArrival(1, new Quantity(5), Quantity.Zero)]);

    private static StockLine Line(NodeId node) => new(new StockCell(new Sku("A"), node), new Quantity(5));

    private static ReceiveStock Receive(string document, params NodeId[] nodes) => new(
        new DocumentId(document), nodes.Select((node, i) => Line(node) with
        {
            Cell = new StockCell(new Sku("A"), node, i == 0 ? default : new LotId("L" + i)),
        }).ToImmutableArray());

    private static async Task<Tenant> OpenAsync()
    {
        var tenant = new Tenant();
        tenant.Knows("west", "keeper", nodes: [West]);
        tenant.Knows("east", "keeper", nodes: [East]);
        tenant.Knows("both", "keeper", nodes: [West, East]);
        await tenant.ActivateAsync("anybody", Rights);
        return tenant;
    }
}
