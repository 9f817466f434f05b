// SPDX-License-Identifier: EUPL-1.2
// Figures compared or over time: an SVG, and its data table beside it (the same figures, for reading and copying).
// Series differ by colour and by dash or hatching: never by colour alone.
import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { uid } from '../a11y.ts';
import { count } from '../format.ts';
import { t } from '../i18n.ts';
import { SpElement } from './base.ts';

export interface Series {
  name: string;
  /** As many as `labels`; null: no datum. */
  values: readonly (number | null)[];
}

const W = 640;
const H = 260;
const PAD = { left: 56, right: 12, top: 12, bottom: 34 };
const DASH = ['', '8 4', '2 4', '12 4 2 4'];

/** A round number at or above `max`, in steps that people read: 1, 2, 3, 4, 5, 6, 8, 10… */
export function niceMax(max: number): number {
  if (max <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(max));
  const steps = power >= 100 ? [1, 2, 3, 4, 5, 6, 8, 10] : [1, 2, 4, 5, 8, 10];
  return (steps.find((m) => m * power >= max) ?? 10) * power;
}

/** Where the lines across stand, up to `niceMax`: whole numbers, so that no label lies. */
export function ticksUpTo(max: number): number[] {
  const lead = Number(String(max).replace(/^0\.0*/, '').charAt(0));
  const steps = max < 4 ? Math.max(1, max) : lead === 5 || lead === 1 ? 5 : lead === 3 || lead === 6 ? 3 : 4;
  return Array.from({ length: steps + 1 }, (_, i) => (max * i) / steps);
}

/**
 * `bar`: side by side; `line`: one line each; `load`: the first series as a frame, the second as what fills it (load against
 * capacity); `rows`: bars that lie, for few things with long names.
 */
export type ChartKind = 'bar' | 'line' | 'load' | 'rows';

/** Height of one lying bar, and of the name above its group. */
const ROW = { bar: 14, name: 20, gap: 8 };

/** `<sp-chart kind="bar" .caption .labels=${['lun', 'mar']} .series=${[{ name: 'Serviti', values: [3, 5] }]}>` */
@customElement('sp-chart')
export class SpChart extends SpElement {
  @property() kind: ChartKind = 'bar';
  @property({ attribute: false }) caption = '';
  /** One sentence that says what the figures say; read instead of the drawing. */
  @property({ attribute: false }) summary = '';
  @property({ attribute: false }) labels: readonly string[] = [];
  @property({ attribute: false }) labelName = '';
  @property({ attribute: false }) series: readonly Series[] = [];
  @property({ attribute: false }) show: (value: number) => string = count;
  /** A line across: the target. */
  @property({ attribute: false }) target: { value: number; name: string } | null = null;
  private readonly titleId = uid('chart');

  private y(value: number, max: number): number {
    return PAD.top + (H - PAD.top - PAD.bottom) * (1 - value / max);
  }

  private axes(max: number): SVGTemplateResult {
    const ticks = ticksUpTo(max);
    const step = Math.max(1, Math.ceil(this.labels.length / 10));
    const slot = (W - PAD.left - PAD.right) / Math.max(1, this.labels.length);
    return svg`
      ${ticks.map((v) => svg`<line class="sp-chart-grid" x1=${PAD.left} x2=${W - PAD.right} y1=${this.y(v, max)} y2=${this.y(v, max)}></line>
        <text class="sp-chart-text" x=${PAD.left - 6} y=${this.y(v, max) + 4} text-anchor="end">${this.show(v)}</text>`)}
      ${this.labels.map((label, i) => i % step === 0 ? svg`<text class="sp-chart-text" x=${PAD.left + slot * (i + 0.5)} y=${H - 12} text-anchor="middle">${label}</text>` : nothing)}`;
  }

  private bars(max: number): SVGTemplateResult[] {
    const slot = (W - PAD.left - PAD.right) / Math.max(1, this.labels.length);
    const width = (slot * 0.76) / Math.max(1, this.series.length);
    return this.series.map((s, k) => svg`<g class="sp-chart-${k % 4}">${s.values.map((v, i) => v === null ? nothing : svg`<rect
      x=${PAD.left + slot * (i + 0.12) + width * k} y=${this.y(v, max)} width=${width} height=${Math.max(0, H - PAD.bottom - this.y(v, max))}></rect>`)}</g>`);
  }

  /** The frame, and what fills it; what is over it stands out above. */
  private loads(max: number): SVGTemplateResult[] {
    const slot = (W - PAD.left - PAD.right) / Math.max(1, this.labels.length);
    return this.series.slice(0, 2).map((s, k) => svg`<g class=${k === 0 ? 'sp-chart-frame' : 'sp-chart-0'}>${s.values.map((v, i) => v === null ? nothing : svg`<rect
      x=${PAD.left + slot * (i + (k === 0 ? 0.12 : 0.24))} y=${this.y(v, max)} width=${slot * (k === 0 ? 0.76 : 0.52)} height=${Math.max(0, H - PAD.bottom - this.y(v, max))}></rect>`)}</g>`);
  }

  private get groupHeight(): number {
    return ROW.name + ROW.bar * this.series.length + ROW.gap;
  }

  private rows(max: number): SVGTemplateResult[] {
    const x = (v: number): number => 8 + ((W - 90) * v) / max;
    return this.labels.map((label, i) => svg`<g><text class="sp-chart-text" x="8" y=${this.groupHeight * i + 15}>${label}</text>
      ${this.series.map((s, k) => {
        const v = s.values[i] ?? null;
        const y = this.groupHeight * i + ROW.name + ROW.bar * k;
        return v === null ? nothing : svg`<g class="sp-chart-${k % 4}"><rect x="8" y=${y} width=${Math.max(0, x(v) - 8)} height=${ROW.bar - 2}></rect><text class="sp-chart-text sp-chart-figure" x=${x(v) + 5} y=${y + 11}>${this.show(v)}</text></g>`;
      })}</g>`);
  }

  private draw(max: number): unknown {
    switch (this.kind) {
      case 'line': return [this.axes(max), this.lines(max)];
      case 'load': return [this.axes(max), this.loads(max)];
      case 'rows': return this.rows(max);
      default: return [this.axes(max), this.bars(max)];
    }
  }

  /** How the legend shows the k-th series. */
  private swatch(k: number): TemplateResult {
    const cls = this.kind === 'load' ? (k === 0 ? 'sp-chart-frame' : 'sp-chart-0') : `sp-chart-${k % 4}`;
    return html`<svg viewBox="0 0 28 12" class=${cls} aria-hidden="true">${this.kind === 'line'
      ? svg`<polyline fill="none" stroke-dasharray=${DASH[k % 4] ?? ''} points="0,6 28,6"></polyline>` : svg`<rect x="1" y="1" width="26" height="10"></rect>`}</svg>`;
  }

  private lines(max: number): SVGTemplateResult[] {
    const slot = (W - PAD.left - PAD.right) / Math.max(1, this.labels.length);
    return this.series.map((s, k) => {
      const points = s.values.flatMap((v, i) => (v === null ? [] : [{ x: PAD.left + slot * (i + 0.5), y: this.y(v, max) }]));
      return svg`<g class="sp-chart-${k % 4}"><polyline fill="none" stroke-dasharray=${DASH[k % 4] ?? ''} points=${points.map((p) => `${p.x},${p.y}`).join(' ')}></polyline>
        ${points.map((p) => svg`<circle cx=${p.x} cy=${p.y} r="3.5"></circle>`)}</g>`;
    });
  }

  override render(): unknown {
    const all = this.series.flatMap((s) => s.values).filter((v): v is number => v !== null);
    const max = niceMax(Math.max(0, ...all, this.target?.value ?? 0));
    // A line across only stands where there is a scale beside it.
    const target = this.kind === 'rows' ? null : this.target;
    const height = this.kind === 'rows' ? Math.max(1, this.labels.length) * this.groupHeight : H;
    return html`<figure class="sp-chart">
      <figcaption id=${this.titleId}>${this.caption}</figcaption>
      <div class="sp-chart-both">
        <div class="sp-chart-draw">
          <svg viewBox="0 0 ${W} ${height}" role="img" aria-labelledby=${this.titleId} aria-describedby="${this.titleId}-d">
            ${this.draw(max)}
            ${target ? svg`<line class="sp-chart-target" x1=${PAD.left} x2=${W - PAD.right} y1=${this.y(target.value, max)} y2=${this.y(target.value, max)}></line>` : nothing}
          </svg>
          <p class="visually-hidden" id="${this.titleId}-d">${this.summary || t('chart-see-table')}</p>
          ${this.series.length > 1 || target ? html`<ul class="sp-legend">${this.series.map((s, k) => html`<li>${this.swatch(k)}${s.name}</li>`)}
            ${target ? html`<li><svg viewBox="0 0 28 12" aria-hidden="true"><line class="sp-chart-target" x1="0" x2="28" y1="6" y2="6"></line></svg>${target.name}</li>` : nothing}</ul>` : nothing}
        </div>
        <div class="sp-table-scroll sp-chart-data" tabindex="0" role="region" aria-label=${t('chart-data', { caption: this.caption })}>
          <table class="table table-sm table-striped"><caption class="visually-hidden">${this.caption}</caption>
            <thead><tr><th scope="col">${this.labelName || t('chart-label')}</th>${this.series.map((s) => html`<th scope="col" class="sp-number">${s.name}</th>`)}</tr></thead>
            <tbody>${this.labels.map((label, i) => html`<tr><th scope="row">${label}</th>${this.series.map((s) => {
              const v = s.values[i];
              return html`<td class="sp-number">${v === null || v === undefined ? t('chart-none') : this.show(v)}</td>`;
            })}</tr>`)}</tbody></table>
        </div>
      </div>
    </figure>`;
  }
}
