"""Our own import contract: rooms have doors."""

from importlinter import Contract, ContractCheck, fields, output


class DoorsContract(Contract):  # type: ignore[misc]  # import-linter gives no types
    """A room is entered by its ``public`` module, or by importing the room as a whole, and not otherwise.

    Migrations may depend on other rooms' tables; the top floor, which is no room, obeys the same rule.
    """

    type_name = "doors"
    rooms = fields.ListField(subfield=fields.StringField())
    door = fields.StringField()

    def check(self, graph, verbose):  # noqa: ANN001, ANN201, ARG002 -- the interface is import-linter's
        broken = [
            (importer, imported)
            for room in self.rooms
            if room in graph.modules
            for inner in sorted(graph.find_descendants(room))
            if inner != f"{room}.{self.door}"
            for imported in [inner]
            for importer in sorted(graph.find_modules_that_directly_import(imported))
            if not importer.startswith(f"{room}.") and importer != room and ".migrations" not in importer
        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check):  # noqa: ANN001, ANN201 -- as above
        for importer, imported in check.metadata["broken"]:
            output.print_error(
                f"{importer} enters {imported} by the window: its room's public module is the door"
            )
