"""The catalogue of measures in print: the list, and everything about one measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from application.mattkatalog import alla_grunder, matt_som_data
from application.queries import Vagning
from domain.matt.deklaration import Familj, Matt
from domain.matt.katalog import MATT
from domain.matt.modell import ORGANISATIONSDIMENSIONER, Bokforingsperiod
from domain.matt.ursprung import handelser_bakom
from domain.matt.uttryck import Grund
from domain.regler.vardygn import VARDYGNSREGLER
from interfaces.cli.utskrift import skriv_json, skriv_tabell


def skriv_lista(utformat: str) -> None:
    """Print every measure, family by family."""
    if utformat == "json":
        skriv_json([matt_som_data(m) for m in MATT.values()])
        return
    for familj in Familj:
        rader = [[", ".join(m.id), m.namn, m.etikett, m.enhet.namn] for m in MATT.values() if m.familj is familj]
        skriv_tabell(familj.value, [("Id", False), ("Namn", False), ("Mått", False), ("Enhet", False)], rader)


def skriv_forklaring(matten: Sequence[Matt], utformat: str) -> None:
    """Print all that is declared of one measure, or of those that share a number."""
    if utformat == "json":
        skriv_json([matt_som_data(m) for m in matten])
        return
    click.echo("\n\n".join("\n".join(forklaring(m)) for m in matten))


def forklaring(m: Matt) -> Iterator[str]:
    """Yield all that is declared of a measure, line by line."""
    yield f"{m.etikett} ({m.namn}), {m.enhet.namn}"
    yield ""
    yield m.definition
    yield ""
    if m.id:
        yield f"Nummer: {', '.join(m.id)}"
    yield f"Familj: {m.familj.value}"
    yield f"Källa: {m.kalla}"
    if m.galler_fran is not None:
        yield f"Gäller från: {m.galler_fran}"
    yield f"Tecken: {m.tecken.value}"
    yield f"Avrundning: {m.enhet.decimaler} decimaler, halva bort från noll, en gång, sist"
    yield f"Dimensioner: {', '.join(m.dimensioner)}"
    if not m.additivt:
        yield "Delarna summerar inte till det hela."
    elif not m.additivt_i_tid:
        yield "Delarna summerar till det hela, men perioder efter varandra gör det inte."
    if m.hela_ar or m.hela_manader:
        yield f"Period: hela kalender{'år' if m.hela_ar else 'månader'}"
    yield from _varianter(m)
    yield from _frister(m)
    yield "Räknas på:"
    yield from (f"  {_grund(g)}" for g in alla_grunder(m))
    yield f"Händelser: {', '.join(handelser_bakom(s for g in alla_grunder(m) for s in g.slag))}"


def _varianter(m: Matt) -> Iterator[str]:
    for v in m.varianter:
        val = " · ".join(f"{val.namn} ({val.etikett})" for val in v.val)
        yield f"Variant {v.namn} – {v.etikett}: {val}{' – eller ett annat ord' if v.fri else ''}"
    if m.ovagt_over:
        yield f"Variant vagning: {' eller '.join(Vagning)} (ovägt medel över {' × '.join(m.ovagt_over)})"
    if m.raknar_vardygn:
        yield f"Variant vardygnsregel: {', '.join(VARDYGNSREGLER)}; frånvaro räknas eller inte"
    if m.raknar_belopp:
        yield f"Variant period-efter: {' eller '.join(Bokforingsperiod)}"
    if {*ORGANISATIONSDIMENSIONER} & {*m.dimensioner, *m.delas_pa}:
        yield "Variant organisation-den: vilken dags organisation enheterna avser"


def _frister(m: Matt) -> Iterator[str]:
    for frist in dict.fromkeys(g.frist for g in alla_grunder(m) if g.frist is not None):
        lagrum = "; ".join(f"{lydelse.lagrum} från {lydelse.galler_fran}" for lydelse in frist.lydelser)
        yield f"Frist {frist.namn}: {frist.etikett}. {frist.kalla}. {lagrum}".rstrip()


def _grund(g: Grund) -> str:
    delar = [f"{g.raknesatt.value} av {g.form.__name__.lower()} {', '.join(g.slag)}"]
    delar += [f"{namn}={','.join(map(str, varden))}" for namn, varden in g.urval.items()]
    if g.alder is not None:
        delar.append(f"ålder {g.alder[0]}–{g.alder[1]}")
    if g.senaste is not None:
        delar.append(f"det senaste per {', '.join(g.senaste.om)}")
    return "; ".join(delar)
